import type { IncomingHttpHeaders } from 'node:http'
import type { Postern } from './postern.ts'

type Stage = { postern: Postern; gatewayUrl: string; seen: IncomingHttpHeaders[] }
type Scene = { name: string; run: (stage: Stage) => Promise<void> }

let made = 0

/** A person with a session, who may read policies in one tenant, and a token of theirs. */
async function newcomer({ call }: Postern) {
  made += 1
  const tenant = await call('POST', '/tenants', {
    slug: `t${made}`,
    name: `T${made}`,
    type: 'test',
  })
  if (made === 1) await register({ call })
  const role = await call('POST', '/roles', {
    name: `reader ${made}`,
    permissions: ['policies.read'],
  })
  const person = { email: `p${made}@gateway.test`, password: 'another password for one run' }
  const user = await call('POST', '/users', { ...person, name: 'P', tenants: [tenant.id] })
  const grant = await call('POST', `/users/${user.id}/grants`, {
    role_id: role.id,
    tenant_id: tenant.id,
  })
  const session = (await call('POST', '/auth/login', person, '')).access_token
  const token = await call('POST', '/me/tokens', { name: 'gateway' }, session)
  return { tenant, user, grant, session, token }
}

async function register({ call }: Pick<Postern, 'call'>) {
  for (const name of ['policies.read', 'policies.write']) {
    await call('POST', '/permissions', { name, scope: 'tenant', description: name })
  }
}

/** Asks through the gateway, and the API itself; throws unless both answer with this status. */
async function expectBoth(
  stage: Stage,
  expected: number,
  { tenant_id, as, method = 'GET' }: { tenant_id: string; as: string | null; method?: string },
): Promise<Response> {
  const headers = {
    ...(as !== null && { authorization: `Bearer ${as}` }),
    'x-postern-user-id': 'somebody-else',
    'x-postern-tenant-id': 'some-other-tenant',
  }
  const before = stage.seen.length
  const answer = await fetch(`${stage.gatewayUrl}/tenants/${tenant_id}/policies`, {
    method,
    headers,
  })
  const permission = method === 'GET' ? 'policies.read' : 'policies.write'
  const direct = await fetch(
    `${stage.postern.url}/api/v1/authorize?permission=${permission}&tenant_id=${tenant_id}`,
    { headers },
  )
  const api = direct.status === 204 ? 200 : direct.status
  if (answer.status !== expected || api !== expected) {
    throw new Error(`the gateway says ${answer.status}, the API ${api}, expected ${expected}`)
  }
  const passed = stage.seen.length - before
  if (passed !== (expected === 200 ? 1 : 0)) throw new Error(`${passed} requests passed`)
  return answer
}

export const scenes: Scene[] = [
  {
    name: 'lets through what the API allows, with Postern’s headers in the place of the client’s',
    async run(stage) {
      const { tenant, token, user } = await newcomer(stage.postern)
      await expectBoth(stage, 200, { tenant_id: tenant.id, as: token.token })
      const headers = stage.seen.at(-1) ?? {}
      const told = ['user-id', 'credential-id', 'tenant-id'].map(
        (name) => headers[`x-postern-${name}`],
      )
      const expected = [user.id, token.id, tenant.id]
      if (told.join() !== expected.join()) throw new Error(`told ${told}, expected ${expected}`)
      if (headers.authorization) throw new Error('the service was given the token')
    },
  },
  {
    name: 'challenges who has no credential, or a bad one',
    async run(stage) {
      const { tenant } = await newcomer(stage.postern)
      const bare = await expectBoth(stage, 401, { tenant_id: tenant.id, as: null })
      const bad = await expectBoth(stage, 401, { tenant_id: tenant.id, as: 'postern_pat_nonsense' })
      const challenges = [bare, bad].map(({ headers }) => headers.get('www-authenticate'))
      const expected = ['Bearer realm="postern"', 'Bearer realm="postern", error="invalid_token"']
      if (challenges.join() !== expected.join()) throw new Error(`challenges ${challenges}`)
    },
  },
  {
    name: 'refuses a permission that is not held, and another tenant',
    async run(stage) {
      const { tenant, token } = await newcomer(stage.postern)
      const other = await newcomer(stage.postern)
      await expectBoth(stage, 403, { tenant_id: tenant.id, as: token.token, method: 'POST' })
      await expectBoth(stage, 403, { tenant_id: other.tenant.id, as: token.token })
    },
  },
  {
    name: 'refuses a revoked token with the next request',
    async run(stage) {
      const { tenant, token, session } = await newcomer(stage.postern)
      await expectBoth(stage, 200, { tenant_id: tenant.id, as: token.token })
      await stage.postern.call('DELETE', `/me/tokens/${token.id}`, undefined, session)
      await expectBoth(stage, 401, { tenant_id: tenant.id, as: token.token })
    },
  },
  {
    name: 'refuses at once when the owner loses the role, and lets through again when it is back',
    async run(stage) {
      const { tenant, token, user, grant } = await newcomer(stage.postern)
      const ask = { tenant_id: tenant.id, as: token.token }
      await stage.postern.call('DELETE', `/users/${user.id}/grants/${grant.id}`)
      await expectBoth(stage, 403, ask)
      const { role_id, tenant_id } = grant
      await stage.postern.call('POST', `/users/${user.id}/grants`, { role_id, tenant_id })
      await expectBoth(stage, 200, ask)
    },
  },
  {
    name: 'refuses in a suspended tenant, and where the tenant has blocked the token',
    async run(stage) {
      const { tenant, token } = await newcomer(stage.postern)
      const ask = { tenant_id: tenant.id, as: token.token }
      await stage.postern.call('POST', `/tenants/${tenant.id}/suspend`)
      await expectBoth(stage, 403, ask)
      await stage.postern.call('POST', `/tenants/${tenant.id}/activate`)
      await expectBoth(stage, 200, ask)
      const block = `/tenants/${tenant.id}/tokens/${token.id}/block`
      await stage.postern.call('PUT', block, { reason: 'too many exports' })
      await expectBoth(stage, 403, ask)
      await stage.postern.call('DELETE', block)
      await expectBoth(stage, 200, ask)
    },
  },
  {
    name: 'lets nothing through while Postern is away',
    async run(stage) {
      const { tenant, token } = await newcomer(stage.postern)
      await stage.postern.stop()
      const before = stage.seen.length
      const { status } = await fetch(`${stage.gatewayUrl}/tenants/${tenant.id}/policies`, {
        headers: { authorization: `Bearer ${token.token}` },
      })
      if (status !== 503 || stage.seen.length !== before) throw new Error(`it answers ${status}`)
    },
  },
]
