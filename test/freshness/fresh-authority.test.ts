import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hexHashOf } from '../../src/access/token.ts'
import { type FreshAuthority, freshAuthority } from '../../src/freshness/fresh-authority.ts'
import type { GivenToken } from '../support/given.ts'
import { type FeedScene, feedScene } from './scene.ts'

let scene: FeedScene
let fresh: FreshAuthority
/** The names of the statements that the pool was asked, beside the looks. */
const asked: string[] = []
beforeAll(async () => {
  scene = await feedScene()
  const { pool } = scene.opened
  const query = pool.query.bind(pool) as (config: { name: string }) => Promise<never>
  const counted = Object.assign(Object.create(pool), {
    query(config: { name: string }) {
      asked.push(config.name)
      return query(config)
    },
  }) as pg.Pool
  fresh = freshAuthority(counted, scene.opened.connect, 1024 * 1024)
})
afterAll(async () => {
  await fresh.close()
  await scene.end()
})

const read = ({ as }: GivenToken, tenantId: string | null = null) =>
  fresh.read({ kind: 'token_hash', token_hash: hexHashOf(as) }, tenantId)

async function newToken() {
  const owner = await scene.given.person({ tenants: ['any'] })
  return { owner, token: await scene.given.token(owner.id) }
}

describe('a fresh authority', () => {
  it('is read with all others that are asked for at once, and then not again until it changes', async () => {
    const all = await Promise.all(Array.from({ length: 150 }, newToken))
    asked.length = 0
    const first = await Promise.all(all.map(({ token }) => read(token)))
    expect(asked).toEqual(['authorities_by_token_hash'])
    expect(first.map(({ owner }) => owner.id)).toEqual(all.map(({ owner }) => owner.id))

    // Of the first look nobody knows what was before: that one forgets.
    await Promise.all(all.map(({ token }) => read(token)))
    asked.length = 0
    const again = await Promise.all(all.map(({ token }) => read(token)))
    expect(asked).toEqual([])
    expect(again.map(({ credential }) => credential.id)).toEqual(all.map(({ token }) => token.id))

    const [{ owner, token } = all[0]!, other] = all
    await scene.given.scope(owner.id, 'type:test')
    expect((await read(token)).scope).toContain('type:test')
    await read(other!.token)
    expect(asked).toEqual(['authority_by_token_hash'])
  })

  it('knows the tenant that a request names as it is, and when there is none', async () => {
    const { token } = await newToken()
    const tenant = await scene.given.tenant()
    for (const status of ['suspended', 'active', 'retired']) {
      await scene.database.sql('UPDATE tenants SET status = $2 WHERE id = $1', [tenant.id, status])
      expect((await read(token, tenant.id)).named_tenant?.status).toBe(status)
      expect((await read(token, tenant.id)).named_tenant?.status).toBe(status)
    }
    await scene.database.sql('DELETE FROM tenants WHERE id = $1', [tenant.id])
    expect((await read(token, tenant.id)).named_tenant).toBeNull()
  })

  it('comes with the catalogue as it is, which is read again only when that has changed', async () => {
    const { token } = await newToken()
    const names = async () => {
      await read(token)
      return (await fresh.catalogue()).map(({ name }) => name)
    }
    const sql = scene.database.sql
    await names()
    for (const name of ['policies.quote', 'policies.bind']) {
      await sql(`INSERT INTO permissions (name, scope, description) VALUES ($1, 'tenant', '')`, [
        name,
      ])
      expect(await names()).toContain(name)
      asked.length = 0
      expect(await names()).toContain(name)
      expect(asked).not.toContain('read_catalogue')
    }
    await sql(`UPDATE permissions SET scope = 'platform' WHERE name = 'policies.bind'`)
    await read(token)
    expect(await fresh.catalogue()).toContainEqual({ name: 'policies.bind', scope: 'platform' })
    await sql(`DELETE FROM permissions WHERE name LIKE 'policies.%'`)
    expect(await names()).not.toContain('policies.quote')
  })

  it('ends by the clock of the database, read or kept', async () => {
    const { owner } = await newToken()
    const expires_at = new Date(Date.now() + 1200)
    const token = await scene.given.token(owner.id, { expires_at })
    for (let kept = 0; kept < 3; kept += 1) await read(token)
    await scene.database.sql('SELECT pg_sleep_for($1 - clock_timestamp())', [expires_at])
    await expect(read(token)).rejects.toMatchObject({ code: 'unauthorized' })
  })

  it('is nothing that is kept while the feed does not answer, and what is true after that', async () => {
    const { owner, token } = await newToken()
    for (let kept = 0; kept < 3; kept += 1) await read(token)
    const other = new pg.Client({ connectionString: scene.database.url })
    await other.connect()
    await other.query('BEGIN; LOCK TABLE authority_changes IN ACCESS EXCLUSIVE MODE')
    const refused = await Promise.allSettled([read(token), read(token)])
    expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected'])

    await other.query(`UPDATE users SET status = 'deactivated' WHERE id = '${owner.id}'; COMMIT`)
    await other.end()
    await expect(read(token)).rejects.toMatchObject({ code: 'unauthorized' })
  })

  it('is not that of a session for anybody but its user', async () => {
    const person = await scene.given.person()
    const stranger = await scene.given.person()
    const of = (user_id: string) =>
      fresh.read({ kind: 'session', session_id: person.session_id, user_id }, null)
    for (let kept = 0; kept < 3; kept += 1) expect((await of(person.id)).owner.id).toBe(person.id)
    await expect(of(stranger.id)).rejects.toMatchObject({ code: 'unauthorized' })
  })
})
