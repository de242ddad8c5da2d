import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { administrator } from '../../support/constants.ts'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
let secrets: Secrets
beforeAll(async () => {
  server = await startServer()
  secrets = await makeSecrets()
})
afterAll(() => server.close())

type Secrets = { tokens: string[]; ids: string[]; others: string[]; as: string }

const cookieOf = (headers: Headers) =>
  /__Host-postern_refresh=([^;]+)/.exec(headers.get('set-cookie') ?? '')?.[1] ?? ''

/** Twenty tokens, and every other kind of secret that this server hands out or takes. */
async function makeSecrets(): Promise<Secrets> {
  const { call, given } = server
  const signedIn = await call('POST', '/auth/login', { body: administrator })
  const as: string = signedIn.body.access_token
  const cookie = cookieOf(signedIn.headers)
  const refreshed = await call('POST', '/auth/refresh', {
    headers: { cookie: `__Host-postern_refresh=${cookie}` },
  })

  const password = 'the password of one who was created'
  const chosen = 'the password of one who was invited'
  const wrong = 'a password that was mistyped'
  const newUser = (email: string, more: object) =>
    call('POST', '/users', { as, body: { email, name: 'Ada', tenants: [], ...more } })
  await newUser('created@example.com', { password })
  const invited = await newUser('invited@example.com', {})
  const invitation: string = invited.body.invitation_url.split('#token=')[1]
  await call('POST', '/auth/accept-invitation', { body: { token: invitation, password: chosen } })
  await call('POST', '/auth/login', { body: { email: administrator.email, password: wrong } })
  await call('POST', '/auth/login', { body: `{"email":"a@example.com","password":"${wrong}` })
  await call('POST', '/auth/login', { body: { email: wrong, password: wrong, [wrong]: wrong } })

  const tokens: string[] = []
  const ids: string[] = []
  for (const name of ['first', 'second']) {
    const owner = await given.person({ grants: [{ role: 'admin' }], token_limit: 10 })
    for (let at = 0; at < 10; at += 1) {
      const body = { name: `${name} ${at}` }
      const created = await call('POST', '/me/tokens', { as: owner.as, body })
      tokens.push(created.body.token)
      ids.push(created.body.id)
      await call('GET', '/me', { as: created.body.token })
    }
  }
  const others = [
    administrator.password,
    password,
    chosen,
    wrong,
    invitation,
    cookie,
    cookieOf(refreshed.headers),
    as,
    refreshed.body.access_token,
  ]
  return { tokens, ids, others, as }
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** The 256 random bits behind a token's text, as PostgreSQL would print them. */
function randomBitsOf(token: string): string {
  const digits = [...randomPartOf(token)]
  const value = digits.reduce((sum, digit) => sum * 62n + BigInt(alphabet.indexOf(digit)), 0n)
  return value.toString(16).padStart(64, '0')
}

const randomPartOf = (token: string) => token.slice('postern_pat_'.length, -6)

/** Every shape in which a secret could lie somewhere. */
function needles(): string[] {
  const { tokens, others } = secrets
  const texts = [...tokens, ...tokens.map(randomPartOf), ...others]
  return [
    ...texts,
    ...texts.map((text) => Buffer.from(text).toString('hex')),
    ...texts.map((text) => Buffer.from(text).toString('base64').replace(/=+$/, '')),
    ...tokens.map(randomBitsOf),
    ...others.map((text) => Buffer.from(text, 'base64url').toString('hex')),
  ]
}

const found = (haystack: string) => needles().filter((needle) => haystack.includes(needle))

describe('the secrets of tokens, passwords, sessions and invitations', () => {
  it('are all there to be looked for', () => {
    const { tokens, others } = secrets

    expect(new Set(tokens).size).toBe(20)
    for (const secret of [...tokens, ...others]) expect(secret.length).toBeGreaterThan(20)
  })

  it('are in no row of any table', async () => {
    const { sql } = server.database
    const tables = await sql<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
    )
    expect(tables.length).toBeGreaterThan(10)
    const rows: string[] = []
    for (const { name } of tables) {
      for (const { row } of await sql<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)) {
        rows.push(row)
      }
    }

    expect(rows.join('\n')).toContain(secrets.ids[0])
    expect(found(rows.join('\n'))).toEqual([])
  })

  it('are in no line of the log', () => {
    const log = server.logs.join('\n')

    expect(log).toContain('request refused')
    expect(found(log)).toEqual([])
  })

  it('are in no later answer', async () => {
    const { call } = server
    const { tokens, ids, as } = secrets
    const answers = []
    for (const [at, token] of tokens.entries()) {
      answers.push(await call('GET', '/me', { as: token }))
      answers.push(await call('GET', '/me/tokens?include=ended', { as: token }))
      answers.push(await call('GET', `/me/tokens/${ids[at]}`, { as: token }))
      answers.push(await call('GET', '/users', { as: token }))
      answers.push(await call('POST', '/me/tokens', { as: token, body: { name: 'a' } }))
      answers.push(await call('GET', '/me', { as: token.slice(0, -1) }))
      answers.push(await call('GET', `/me/tokens/${token}`, { as }))
      answers.push(await call('GET', `/me?access_token=${token}`, { as }))
    }
    const texts = answers.map(({ text, headers }) => text + JSON.stringify([...headers]))

    expect(found(texts.join('\n'))).toEqual([])
  })

  it('leave no trace in the log, wherever in a request they are put', async () => {
    const { call, url } = server
    const { tokens } = secrets
    const [token = '', second = ''] = tokens
    const before = server.logs.length
    await call('GET', `/me?access_token=${token}`)
    await call('GET', `/me?access_token=${token}&x=%`, { as: second })
    await call('GET', `/me/tokens/${token}`, { as: second })
    await call('GET', `//${token}`)
    await call('GET', `//api/v1/${token}/${token}?${token}`)
    await call('GET', `//%E0%A4%A/${token}`)
    await call('POST', '/me/tokens', { as: second, body: `{"token":"${token}` })
    await call('POST', '/auth/login', { body: { email: token, password: token, [token]: 1 } })
    await call('POST', '/auth/logout', { headers: { cookie: token, referer: `${url}/?${token}` } })
    await call('GET', '/me', { headers: { 'x-correlation-id': token, 'user-agent': token } })
    await call('GET', '/me', { headers: { authorization: `Basic ${token}` } })

    const lines = server.logs.slice(before).join('\n')

    expect(server.logs.length).toBeGreaterThan(before + 10)
    expect(found(lines)).toEqual([])
  })
})
