import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FeedScene, feedScene } from './scene.ts'

let scene: FeedScene
beforeAll(async () => {
  scene = await feedScene()
  await scene.look()
})
afterAll(() => scene.end())

const asApplication = (text: string) => scene.opened.pool.query(text)

describe('the role of the application', () => {
  it.each([
    `INSERT INTO authority_changes (kind, keys) VALUES ('owner', '{}')`,
    `UPDATE authority_changes SET keys = '{}'`,
    'TRUNCATE authority_changes',
    'ALTER TABLE users DISABLE TRIGGER users_authority_update',
    'DROP TRIGGER users_authority_update ON users',
    'SET session_replication_role = replica',
  ])('can not: %s', async (text) => {
    await expect(asApplication(text)).rejects.toMatchObject({ code: '42501' })
  })

  it('can not have the trigger of the feed run what it likes, as the owner of the database', async () => {
    const text = `
      CREATE TEMP TABLE mine (id uuid);
      CREATE TRIGGER mine AFTER INSERT ON mine REFERENCING NEW TABLE AS rows_after
        FOR EACH STATEMENT EXECUTE FUNCTION
        record_authority_change('owner', 'id', 'id FROM rows_after; DROP TABLE users; SELECT id')`
    await expect(asApplication(text)).rejects.toMatchObject({ code: '42501' })
  })

  it('can not lead the trigger astray by temporary tables and types of the same names', async () => {
    const id = await scene.given.serviceAccount([])
    await scene.changes()
    const client = await scene.opened.connect()
    await client.query(`
      CREATE TEMP TABLE authority_changes (LIKE public.authority_changes INCLUDING DEFAULTS);
      GRANT ALL ON authority_changes TO PUBLIC;
      CREATE DOMAIN pg_temp.authority_change_kind AS text CHECK (false)`)
    await client.query(`UPDATE users SET status = 'deactivated' WHERE id = $1`, [id])
    await client.end()
    expect(await scene.changes()).toEqual([{ kind: 'owner', keys: [id] }])
  })
})
