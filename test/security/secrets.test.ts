import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateToken, hashToken } from '../../src/access/token.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const me = async (as: string) => (await server.call('GET', '/me', { as })).status

describe('The secret of a token', () => {
  it('CVE-2026-27840: is refused at every length but its own, from either end', async () => {
    const token = (await server.given.token((await server.given.person()).id)).as
    const cuts = Array.from({ length: token.length - 1 }, (_, at) => at + 1)
    const parts = cuts.flatMap((at) => [token.slice(0, at), token.slice(at)])
    for (const part of parts) expect(await me(part)).toBe(401)
    for (const more of ['0', 'A', token.slice(-1), token.slice(-6)]) {
      expect(await me(token + more)).toBe(401)
    }
    expect(await me(token)).toBe(200)
  })

  it('CVE-2025-59425: is never compared itself: a near miss is looked up by a hash that is far off', async () => {
    const { given, logs, call, database } = server
    const bytes = randomBytes(32)
    const ofBytes = () => generateToken('postern', 'pat', () => bytes)
    const live = ofBytes()
    const { id } = await given.person()
    await database.sql(
      `INSERT INTO tokens (id, owner_id, created_by, name, token_hash, hint, permissions, tenants)
       VALUES (gen_random_uuid(), $1, $1, 'live', $2, $3, '{users.read}', '{}')`,
      [id, hashToken(live), live.slice(-4)],
    )
    expect(await me(live)).toBe(200)
    // All but the last of 256 bits are right, and the checksum fits.
    bytes[31] = (bytes[31] ?? 0) ^ 1
    const near = ofBytes()
    const answer = await call('GET', '/me', { as: near })
    expect(answer.status).toBe(401)
    const line = logs.find(
      (one) => one.includes(answer.body.correlationId) && one.includes('reason'),
    )
    expect(JSON.parse(line ?? '{}').reason).toBe('unknown')
    const [a, b] = [hashToken(live), hashToken(near)]
    const same = a.filter((byte, at) => byte === b[at])
    expect(same.length).toBeLessThan(8)
  })

  it('GO-2024-3113: is in no table and no log, whole or in part, however it was used', async () => {
    const { given, call, database, logs } = server
    const admin = await given.admin()
    const secrets: string[] = []
    for (let at = 0; at < 3; at += 1) {
      const body = { name: `secret ${at}`, tenants: [] }
      const { body: made } = await call('POST', '/me/tokens', { as: admin.as, body })
      secrets.push(made.token)
      await call('GET', `/me?token=${made.token}`, { as: made.token })
      await call('POST', '/me/tokens', { as: made.token, body: { name: made.token } })
      await call('DELETE', `/me/tokens/${made.id}`, { as: admin.as })
    }
    const unknown = generateToken('postern', 'pat', randomBytes)
    await me(unknown)
    const rows = await everyRow(database.sql)
    for (const secret of [...secrets, unknown, admin.as]) {
      const random = secret.startsWith('postern_') ? secret.slice(12, -6) : secret
      expect(rows.filter((row) => row.includes(random))).toEqual([])
      expect(logs.filter((line) => line.includes(random))).toEqual([])
    }
  })
})

/** Every row of every table, as text. */
async function everyRow(sql: TestServer['database']['sql']): Promise<string[]> {
  const tables = await sql<{ name: string }>(
    "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'",
  )
  const rows: string[] = []
  for (const { name } of tables) {
    const found = await sql<{ text: string }>(`SELECT row_to_json(t)::text AS text FROM ${name} t`)
    rows.push(...found.map(({ text }) => text))
  }
  expect(rows.some((row) => row.includes('token.created'))).toBe(true)
  return rows
}
