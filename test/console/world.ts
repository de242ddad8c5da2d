import type { Given } from '../support/given.ts'
import { addListeners } from './listeners.ts'
import { addRecords } from './records.ts'

const dayMs = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * dayMs)

const products: [string, string][] = [
  ['policies.read', 'Read policies'],
  ['policies.quote', 'Quote a policy'],
  ['policies.bind', 'Bind a quoted policy'],
  ['claims.read', 'Read claims and their documents'],
  ['claims.settle', 'Settle a claim up to the limit of its tenant'],
  ['invoices.read', 'Read invoices'],
  ['invoices.write', 'Write and cancel invoices'],
]

const places = [
  ['acme', 'Acme Insurance', 'production'],
  ['acme-sandbox', 'Acme Insurance (sandbox)', 'test'],
  ['borealis', 'Borealis Mutual', 'production'],
  ['harbour', 'Harbour & Sons', 'production'],
  ['lumen', 'Lumen Health Cover', 'production'],
] as const

/** A small company that runs Postern, as one would like to show it to somebody. */
export async function buildWorld(given: Given) {
  const admin = await given.withPassword({
    name: 'Ada Lovelace',
    token_limit: 5,
    tenants: ['any'],
    grants: [{ role: 'admin' }],
  })
  await given.sql(`UPDATE users SET email = 'ada@postern.example' WHERE id = $1`, [admin.id])
  const ada = { ...admin, email: 'ada@postern.example' }
  const { body: session } = await given.call('POST', '/auth/login', {
    body: { email: ada.email, password: ada.password },
  })
  const as: string = session.access_token
  const post = async (path: string, body: unknown) => {
    const answer = await given.call('POST', path, { as, body })
    if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.text}`)
    return answer.body
  }
  for (const [name, description] of products) await post('/permissions', { name, description })
  const tenants: string[] = []
  for (const [slug, name, type] of places) {
    tenants.push((await post('/tenants', { slug, name, type })).id)
  }
  const clerk = await post('/roles', {
    name: 'claims-clerk',
    description: 'Reads policies, handles claims and writes their invoices',
    permissions: ['claims.*', 'invoices.read', 'invoices.write', 'policies.read'],
  })
  await post('/roles', {
    name: 'underwriter',
    description: 'Quotes and binds policies',
    permissions: ['policies.*'],
  })
  const permissions = [...clerk.permissions, 'policies.quote']
  await given.call('PATCH', `/roles/${clerk.id}`, { as, body: { version: 1, permissions } })
  const user = await addPeople(given, post, { tenants, role_id: clerk.id })
  const account = await addAccount(given, post, tenants)
  const token = await addTokens(given, ada.id, tenants)
  const provider = await addProvider(given, ada.id, {
    tenants: tenants.slice(0, 1),
    role_id: clerk.id,
  })
  const records = await addRecords(given, post, tenants[0] ?? '', clerk.id)
  const webhook = await addListeners(given, tenants[0] ?? '')
  const role: string = clerk.id
  return { ada, as, tenants, user, role, account, token, provider, webhook, ...records }
}

type Post = (path: string, body: unknown) => Promise<{ id: string }>

async function addPeople(
  given: Given,
  post: Post,
  { tenants, role_id }: { tenants: string[]; role_id: string },
): Promise<string> {
  const names = ['Grace Hopper', 'Katherine Johnson', 'Mary Jackson', 'Noor Inayat', 'יעל כהן']
  const limits = [5, 8]
  const ids: string[] = []
  for (const [at, name] of names.entries()) {
    const email = `${['grace', 'katherine', 'mary', 'noor', 'yael'][at]}@acme.example`
    const { id } = await post('/users', { name, email, tenants: tenants.slice(0, 1 + (at % 3)) })
    ids.push(id)
    await post(`/users/${id}/grants`, { role_id, tenant_id: tenants[0] })
    if (at > 2) continue
    await given.sql(`UPDATE users SET status = 'active', last_sign_in_at = $2 WHERE id = $1`, [
      id,
      inDays(-at - 0.2),
    ])
    const limit = limits[at]
    if (limit) await given.limitRequest(id, limit)
  }
  return ids[0] ?? ''
}

async function addAccount(given: Given, post: Post, tenants: string[]) {
  const account = await post('/service-accounts', {
    name: 'Nightly claims import',
    description: 'Brings the claims of the day into the warehouse',
    tenants: tenants.slice(0, 2),
  })
  await post('/service-accounts', {
    name: 'Invoice printer',
    description: 'Prints and posts invoices',
    tenants: tenants.slice(0, 1),
  })
  const { id: token } = await given.token(account.id, {
    name: 'warehouse loader',
    permissions: ['tenants.read'],
    tenants: tenants.slice(0, 2),
    expires_at: inDays(200),
  })
  await given.systemToken({ name: 'Terraform', expires_at: inDays(90) })
  await given.systemToken({ name: 'Backup of the night' })
  return { id: account.id, token }
}

/** By which new people come in, and the administrator signs in, too. */
async function addProvider(
  given: Given,
  admin: string,
  { tenants, role_id }: { tenants: string[]; role_id: string },
): Promise<string> {
  const provider = await given.identityProvider({
    name: 'Acme Workforce',
    issuer: 'https://login.acme.example',
    client_id: 'postern',
    allowed_domains: ['acme.example'],
    jit: { tenants, grants: tenants.map((tenant_id) => ({ role_id, tenant_id })) },
  })
  await given.externalIdentity(admin, provider, 'ada')
  return provider.id
}

/** In every state that a token can be in. */
async function addTokens(given: Given, owner: string, tenants: string[]): Promise<string> {
  const acme = tenants.slice(0, 1)
  const permissions = ['claims.read', 'invoices.read', 'policies.read']
  const used = (id: string, days: number) =>
    given.sql(
      `INSERT INTO token_usage (token_id, last_used_at, last_used_ip) VALUES ($1, $2, '203.0.113.7')`,
      [id, inDays(-days)],
    )
  const created_at = inDays(-120)
  const reports = await given.token(owner, {
    name: 'Quarterly reports',
    permissions,
    tenants,
    created_at,
    expires_at: inDays(60),
  })
  await used(reports.id, 0.1)
  const soon = await given.token(owner, {
    name: 'CI of the claims app',
    permissions: ['claims.read', 'claims.settle'],
    tenants: acme,
    created_at,
    expires_at: inDays(5),
  })
  await used(soon.id, 100)
  await given.token(owner, { name: 'Spreadsheet add-in', permissions, tenants: acme, created_at })
  await given.token(owner, {
    name: 'Laptop of last year',
    permissions,
    tenants: acme,
    created_at,
    expires_at: inDays(-20),
  })
  await given.token(owner, { name: 'Lost on a train', permissions, created_at, revoked: true })
  return reports.id
}
