import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isSessionOnly, requiredPermission } from '../../src/access/declaration.ts'
import { generateToken } from '../../src/access/token.ts'
import { systemPrincipalId } from '../../src/db/reach-filters.ts'
import type { GivenToken, Person } from '../support/given.ts'
import { type ApiOperation, operationsOf, pathOf } from '../support/operations.ts'
import { startServer } from '../support/server.ts'

// Started here and not in beforeAll: the tests themselves are made from the server's table of routes.
const server = await startServer()
const operations = operationsOf(server.app)
const guarded = operations.filter(({ access }) => !['public', 'optional'].includes(access.kind))
const withCredential = operations.filter(({ access }) => access.kind !== 'public')

afterAll(() => server.close())

/** Ids of what the clerk below may know of, and of what nobody may tell the clerk about. */
type Fixture = {
  own: Record<string, string>
  /** What is of the platform belongs to no tenant or user, and so is foreign to no one. */
  foreign: Record<string, string> | 'of the platform'
}
let fixtures: Record<string, Fixture>
/** Holds everything, in one tenant only. */
let clerk: Person
let clerkToken: GivenToken
/** Holds everything everywhere. */
let admin: Person
let permissions: string[]
let refusedHeaders: Record<string, string | undefined>

/** Every permission but those that open the route. */
const allBut = ({ access }: ApiOperation) => {
  const opening = [
    requiredPermission(access),
    'over_accounts' in access ? access.over_accounts : null,
    'over_own' in access ? access.over_own : null,
  ]
  return permissions.filter((permission) => !opening.includes(permission as never))
}
const brokenBody = ({ exampleBody }: ApiOperation) =>
  exampleBody === undefined ? {} : { body: '{"broken":' }
const exampleBodyOf = ({ exampleBody }: ApiOperation) =>
  exampleBody === undefined ? {} : { body: exampleBody }

function fixtureOf({ name, url, params }: ApiOperation): Fixture {
  if (params.length === 0) return { own: {}, foreign: 'of the platform' }
  const prefix = Object.keys(fixtures)
    .filter((key) => url === key || url.startsWith(`${key}/`))
    .sort((a, b) => b.length - a.length)[0]
  const fixture = fixtures[prefix ?? '']
  const foreign = fixture?.foreign === 'of the platform' ? fixture.own : fixture?.foreign
  const missing = params.filter((param) => !fixture?.own[param] || !foreign?.[param])
  if (fixture && missing.length === 0) return fixture
  throw new Error(
    `${name} has no fixture for ${missing.join(', ') || 'its path'}: add one to \`fixtures\` in test/access/route-matrix.test.ts`,
  )
}

const foreignOf = (operation: ApiOperation): Record<string, string> => {
  const { foreign } = fixtureOf(operation)
  return foreign === 'of the platform' ? {} : foreign
}

const unknownIds = ({ params }: ApiOperation) =>
  Object.fromEntries(params.map((param) => [param, uuidv7()]))

beforeAll(async () => {
  const { given, database } = server
  const rows = await database.sql<{ name: string }>('SELECT name FROM permissions')
  permissions = rows.map(({ name }) => name)
  const [a, b] = [await given.tenant(), await given.tenant()]
  const everything = [{ role: 'admin' }]
  admin = await given.admin()
  clerk = await given.person({ tenants: [a.id], grants: everything })
  clerkToken = await given.token(clerk.id, { permissions, tenants: ['any'] })
  const near = await given.person({ tenants: [a.id] })
  const far = await given.person({ tenants: [b.id] })
  const linked = await given.person({ tenants: [a.id] })
  const role = await given.role(['users.read'])
  const ownToken = (owner: Person, tenant: string) => given.token(owner.id, { tenants: [tenant] })
  const inA = { token_id: (await ownToken(near, a.id)).id }
  const inB = { token_id: (await ownToken(far, b.id)).id }
  const systemToken = await given.token(systemPrincipalId, { tenants: ['any'] })
  const importIn = async (tenant_id: string) =>
    given.applicationImport((await given.application(tenant_id)).id)
  const request_id = uuidv7()
  await database.sql(
    `INSERT INTO token_limit_requests (id, user_id, requested_limit, reason) VALUES ($1, $2, 4, 'more')`,
    [request_id, near.id],
  )
  const eventIn = async (id: string) => ({ id: await given.personnelEvent(id, clerk.id, []) })
  const provider = await given.identityProvider()
  const hookIn = async (tenant_id: string) => {
    const { id, delivery_id } = await given.webhook(tenant_id)
    return { id, delivery_id }
  }
  fixtures = {
    '/api/v1/me/tokens/:id': {
      own: { id: clerkToken.id },
      foreign: { id: (await given.token(far.id)).id },
    },
    '/api/v1/me/sessions/:id': {
      own: { id: (await given.session(clerk.id)).session_id },
      foreign: { id: far.session_id },
    },
    '/api/v1/me/passkeys/:id': {
      own: { id: await given.passkey(clerk.id) },
      foreign: { id: await given.passkey(far.id) },
    },
    '/api/v1/users/:id': {
      own: {
        id: near.id,
        tenant_id: a.id,
        grant_id: await given.grant(near.id, { permissions: ['users.read'], tenant_id: a.id }),
        session_id: near.session_id,
      },
      foreign: {
        id: far.id,
        tenant_id: b.id,
        grant_id: await given.grant(near.id, { permissions: ['users.read'], tenant_id: b.id }),
        session_id: far.session_id,
      },
    },
    '/api/v1/service-accounts/:id': {
      own: { id: await given.serviceAccount([a.id]) },
      foreign: { id: await given.serviceAccount([b.id]) },
    },
    '/api/v1/tenants/:id': { own: { id: a.id }, foreign: { id: b.id } },
    // Somebody without a right of another tenant: whoever unlinks holds all that they hold.
    '/api/v1/users/:id/external-identities': {
      own: {
        id: linked.id,
        external_identity_id: await given.externalIdentity(linked.id, provider),
      },
      foreign: {
        id: far.id,
        external_identity_id: await given.externalIdentity(far.id, provider),
      },
    },
    '/api/v1/users/:id/tokens/:token_id': {
      own: { id: near.id, ...inA },
      foreign: { id: far.id, ...inB },
    },
    '/api/v1/tenants/:id/tokens/:token_id/block': {
      own: { id: a.id, ...inA },
      foreign: { id: b.id, ...inB },
    },
    '/api/v1/webhooks/:id': {
      own: await hookIn(a.id),
      foreign: await hookIn(b.id),
    },
    '/api/v1/system/tokens/:id': { own: { id: systemToken.id }, foreign: 'of the platform' },
    '/api/v1/token-limit-requests/:id': { own: { id: request_id }, foreign: 'of the platform' },
    // Whoever holds the platform permission may end any tenant, in their scope or not.
    '/api/v1/tenants/:id/suspend': { own: { id: a.id }, foreign: 'of the platform' },
    '/api/v1/tenants/:id/activate': { own: { id: a.id }, foreign: 'of the platform' },
    '/api/v1/tenants/:id/retire': { own: { id: a.id }, foreign: 'of the platform' },
    '/api/v1/identities/:id': {
      own: { id: await given.identity(a.id) },
      foreign: { id: await given.identity(b.id) },
    },
    '/api/v1/applications/:id': {
      own: { id: (await given.application(a.id)).id },
      foreign: { id: (await given.application(b.id)).id },
    },
    '/api/v1/application-imports/:id': {
      own: { id: await importIn(a.id) },
      foreign: { id: await importIn(b.id) },
    },
    '/api/v1/personnel-events/:id': { own: await eventIn(a.id), foreign: await eventIn(b.id) },
    '/api/v1/identity-providers/:id': { own: { id: provider.id }, foreign: 'of the platform' },
    '/api/v1/auth/sso/:id': { own: { id: provider.id }, foreign: 'of the platform' },
    '/api/v1/me/external-identities/:provider_id/start': {
      own: { provider_id: provider.id },
      foreign: 'of the platform',
    },
    '/api/v1/me/external-identities/:id': {
      own: { id: await given.externalIdentity(clerk.id, provider) },
      foreign: { id: await given.externalIdentity((await given.person()).id, provider) },
    },
    '/api/v1/roles/:id': { own: { id: role }, foreign: 'of the platform' },
  }
  refusedHeaders = await badCredentials()
})

/** Every way in which a credential can be missing or out of force. */
async function badCredentials(): Promise<Record<string, string | undefined>> {
  const { given, database } = server
  const everything = { permissions, tenants: ['any'] }
  const anHourAgo = new Date(Date.now() - 3_600_000)
  const twoHoursAgo = new Date(Date.now() - 7_200_000)
  const gone = await given.admin()
  const expired = { ...everything, created_at: twoHoursAgo, expires_at: anHourAgo }
  const bearers = {
    'a malformed token': 'postern_pat_nonsense',
    'an unknown token of the right form': generateToken('postern', 'pat', (size) =>
      crypto.getRandomValues(new Uint8Array(size)),
    ),
    'an expired token': (await given.token(admin.id, expired)).as,
    'a revoked token': (await given.token(admin.id, { ...everything, revoked: true })).as,
    'the token of a deactivated owner': (await given.token(gone.id, everything)).as,
    'the session of a deactivated owner': gone.as,
    'a session that was ended': (await session(`ended_at = now(), ended_reason = 'signed_out'`)).as,
    'a session that expired': (await session('expires_at = now()')).as,
    'a session that was idle too long': (await session('idle_expires_at = now()')).as,
    'an access token with a broken signature': `${admin.as.slice(0, -4)}AAAA`,
  }
  await database.sql(`UPDATE users SET status = 'deactivated' WHERE id = $1`, [gone.id])
  return {
    'no credential': undefined,
    'another scheme': 'Basic YWRhOmxvdmVsYWNl',
    ...Object.fromEntries(Object.entries(bearers).map(([why, text]) => [why, `Bearer ${text}`])),
  }

  async function session(change: string) {
    const made = await given.session(admin.id)
    await database.sql(`UPDATE sessions SET ${change} WHERE id = $1`, [made.session_id])
    return made
  }
}

describe('The table of routes', () => {
  it(`holds ${operations.length} operations, each of which is in the API document and tested here`, async () => {
    const { body } = await server.call('GET', '/openapi.json')

    const documented = Object.values(body.paths as object).flatMap((methods) =>
      Object.values(methods as object).map(({ operationId }) => operationId),
    )
    expect(documented.sort()).toEqual(operations.map(({ operationId }) => operationId).sort())
    expect(new Set(documented).size).toBe(operations.length)
  })

  it('lets no one in without a credential but where that is the point', () => {
    const open = operations.filter(({ access }) => ['public', 'optional'].includes(access.kind))
    expect(open.map(({ operationId }) => operationId).sort()).toEqual([
      'acceptInvitation',
      'confirmPasswordReset',
      'finishSso',
      'getApiDocument',
      'getDocs',
      'getHealth',
      'getMetrics',
      'getPasskeyOptions',
      'getReadiness',
      'listSsoProviders',
      'login',
      'logout',
      'readCalendar',
      'refresh',
      'requestPasswordReset',
      'showSecondFactor',
      'signInWithPasskey',
      'startSso',
    ])
  })

  it('has nothing beside the operations below /api/v1 but refusals of methods', () => {
    const others = server.app.routes.filter(
      ({ url, schema, method }) =>
        url.startsWith('/api/v1') && !schema?.operationId && typeof method === 'string',
    )
    expect(others.map(({ url }) => url)).toEqual([])
  })
})

describe('401 unauthorized', () => {
  it.each(withCredential)(
    '$name refuses every credential that is not in force, before it reads the body',
    async (operation) => {
      const path = pathOf(operation, fixtureOf(operation).own)
      const before = await server.traces()
      const bodies = new Set<string>()
      for (const [why, authorization] of Object.entries(refusedHeaders)) {
        const headers = authorization === undefined ? {} : { authorization }
        const answer = await server.call(operation.method, path, {
          headers,
          ...brokenBody(operation),
        })

        expect({ why, status: answer.status, error: answer.body?.error }).toEqual({
          why,
          status: 401,
          error: 'unauthorized',
        })
        const { correlationId } = answer.body
        expect(answer.headers.get('x-correlation-id')).toBe(correlationId)
        bodies.add(answer.text.replace(correlationId, ''))
      }

      expect([...bodies]).toEqual([
        '{"error":"unauthorized","message":"Invalid or expired authentication token","correlationId":""}',
      ])
      expect(await server.traces()).toEqual(before)
    },
  )

  it.each(guarded)(
    '$name challenges without a credential barely, and with a bad one with invalid_token',
    async (operation) => {
      const path = pathOf(operation, fixtureOf(operation).own)
      const challengeTo = async (why: string) => {
        const authorization = refusedHeaders[why]
        const headers = authorization === undefined ? {} : { authorization }
        const answer = await server.call(operation.method, path, { headers })
        return answer.headers.get('www-authenticate')
      }

      expect(await challengeTo('no credential')).toBe('Bearer realm="postern"')
      for (const why of ['a malformed token', 'a revoked token', 'a session that expired']) {
        expect(await challengeTo(why)).toBe('Bearer realm="postern", error="invalid_token"')
      }
    },
  )
})

describe('A credential with all rights', () => {
  it.each(guarded)('$name is refused to nobody who may', async (operation) => {
    const { id } = admin
    const { as } = isSessionOnly(operation.access)
      ? await server.given.session(id)
      : await server.given.token(id, { permissions, tenants: ['any'] })

    const { status } = await server.call(
      operation.method,
      pathOf(operation, unknownIds(operation)),
      { as, ...brokenBody(operation) },
    )

    // Not found, or a broken body: whatever comes after the guard.
    expect([401, 403]).not.toContain(status)
  })
})

describe('403 forbidden', () => {
  const withPermission = guarded.filter(({ access }) => requiredPermission(access) !== null)
  const sessionOnly = guarded.filter(({ access }) => isSessionOnly(access))

  const forTokensToo = withPermission.filter(({ access }) => !isSessionOnly(access))

  it.each(forTokensToo)(
    '$name refuses a token that stores all permissions but the needed one',
    async (operation) => {
      const permission = requiredPermission(operation.access)
      const { own } = fixtureOf(operation)
      const { as } = await server.given.token(admin.id, {
        permissions: allBut(operation),
        tenants: ['any'],
      })
      const before = await server.traces()

      const answer = await server.call(operation.method, pathOf(operation, own), {
        as,
        ...brokenBody(operation),
      })

      expect(answer.status).toBe(403)
      expect(answer.body).toEqual({
        error: 'forbidden',
        message: expect.stringContaining(permission ?? ''),
        correlationId: answer.headers.get('x-correlation-id'),
        details: {
          permission,
          tenant_id: operation.access.kind === 'tenant' ? own[operation.access.param] : null,
          leg: 'token_permission',
        },
      })
      expect(answer.headers.get('www-authenticate')).toBe(
        `Bearer realm="postern", error="insufficient_scope", scope="${permission}"`,
      )
      expect(await server.traces()).toEqual(before)
    },
  )

  it.each(withPermission)(
    '$name refuses a signed-in person who holds all permissions but the needed one',
    async (operation) => {
      const permission = requiredPermission(operation.access)
      const person = await server.given.person({
        tenants: ['any'],
        grants: [{ permissions: allBut(operation) }],
      })
      const before = await server.traces()

      const { status, body } = await server.call(
        operation.method,
        pathOf(operation, fixtureOf(operation).own),
        { as: person.as, ...brokenBody(operation) },
      )

      expect(status).toBe(403)
      expect(body.details).toMatchObject({ permission, leg: 'owner_permission' })
      expect(await server.traces()).toEqual(before)
    },
  )

  it.each(sessionOnly)('$name refuses a token, even one with all rights', async (operation) => {
    const { as } = await server.given.token(admin.id, { permissions, tenants: ['any'] })
    const before = await server.traces()

    const answer = await server.call(
      operation.method,
      pathOf(operation, fixtureOf(operation).own),
      { as, ...brokenBody(operation) },
    )

    expect(answer.status).toBe(403)
    expect(answer.body).toEqual({
      error: 'forbidden',
      message: 'Only an interactive session may do this, not a token',
      correlationId: answer.headers.get('x-correlation-id'),
    })
    expect(answer.headers.get('www-authenticate')).toBe(
      'Bearer realm="postern", error="insufficient_scope"',
    )
    expect(await server.traces()).toEqual(before)
  })

  it.each(forTokensToo.filter(({ params }) => params.length > 0))(
    '$name tells a caller without the permission nothing of what exists elsewhere',
    async (operation) => {
      const { own } = fixtureOf(operation)
      const foreign = foreignOf(operation)
      const { as } = await server.given.token(clerk.id, {
        permissions: allBut(operation),
        tenants: ['any'],
      })
      const ask = async (params: Record<string, string>) => {
        const { text, body } = await server.call(operation.method, pathOf(operation, params), {
          as,
          ...exampleBodyOf(operation),
        })
        return text.replace(body.correlationId, '')
      }

      expect(await ask({ ...own, ...foreign })).toBe(
        await ask({
          ...own,
          ...Object.fromEntries(Object.keys(foreign).map((key) => [key, uuidv7()])),
        }),
      )
    },
  )
})

describe('404 not found', () => {
  const withParams = guarded.filter(({ params }) => params.length > 0)
  const cases = withParams.flatMap((operation) =>
    operation.params.map((param) => ({ operation, param, name: operation.name })),
  )

  it.each(cases)(
    '$name answers one 404 for a :$param of another tenant or user, one that is unknown and one that cannot be',
    async ({ operation, param }) => {
      const { own } = fixtureOf(operation)
      const others = [foreignOf(operation)[param] ?? uuidv7(), uuidv7(), 'nonsense', '0']
      const callers = [clerk, ...(isSessionOnly(operation.access) ? [] : [clerkToken])]
      const before = await server.traces()
      const bodies = new Set<string>()
      for (const { as } of callers) {
        for (const other of others) {
          const answer = await server.call(
            operation.method,
            pathOf(operation, { ...own, [param]: other }),
            { as, ...exampleBodyOf(operation) },
          )

          expect({ other, status: answer.status }).toEqual({ other, status: 404 })
          bodies.add(answer.text.replace(answer.body.correlationId, ''))
        }
      }

      expect([...bodies]).toEqual([
        '{"error":"not_found","message":"There is nothing here","correlationId":""}',
      ])
      expect(await server.traces()).toEqual(before)
    },
  )
})
