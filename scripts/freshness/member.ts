import { randomUUID } from 'node:crypto'
import type { Stage } from './stage.ts'

/** A person with a session, who may read one tenant by one role, and has a token for that. */
export type Member = {
  email: string
  password: string
  user_id: string
  tenant_id: string
  role_id: string
  grant_id: string
  session: string
  token: Token
  /** Who they are on the books of the tenant. */
  identity_id?: string
}

type Token = { id: string; secret: string }

export async function newMember(stage: Stage): Promise<Member> {
  const { call } = stage
  const name = randomUUID()
  const person = { email: `${name}@freshness.test`, password: randomUUID() }
  const tenant = await call('POST', '/tenants', { slug: name, name, type: 'test' })
  const role = await call('POST', '/roles', { name, permissions: ['tenants.read'] })
  const tenant_id: string = tenant.body.id
  const role_id: string = role.body.id
  const user = await call('POST', '/users', { ...person, name, tenants: [tenant_id] })
  const user_id: string = user.body.id
  const grant = await call('POST', `/users/${user_id}/grants`, { role_id, tenant_id })
  const session = await stage.signIn(person)
  const token = await newToken(stage, { session })
  return { ...person, user_id, tenant_id, role_id, grant_id: grant.body.id, session, token }
}

export async function newToken(
  { call }: Stage,
  { session }: { session: string },
  fields: object = {},
): Promise<Token> {
  const body = { name: randomUUID(), ...fields }
  const { id, token } = (await call('POST', '/me/tokens', body, session)).body
  return { id, secret: token }
}

/** More users than the feed names one by one. */
const crowdSize = 150

export async function addCrowd({ sql }: Pick<Stage, 'sql'>): Promise<void> {
  await sql(
    `INSERT INTO users (id, email, name, status)
     SELECT gen_random_uuid(), 'crowd-' || n || '@freshness.test', 'crowd ' || n, 'active'
     FROM generate_series(1, $1) AS n ON CONFLICT DO NOTHING`,
    [crowdSize],
  )
}
