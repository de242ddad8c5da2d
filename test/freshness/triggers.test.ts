import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { casesOf } from './column-cases.ts'
import { type FeedScene, feedScene } from './scene.ts'
import { type Watched, watchedTables } from './watched.ts'

let scene: FeedScene
let watched: Map<string, Watched>
beforeAll(async () => {
  scene = await feedScene()
  watched = await watchedTables(scene.database)
  await scene.look()
})
afterAll(() => scene.end())

/** Does it, and says what the next look reports; the one after that reports nothing. */
async function reported(text: string, values?: unknown[]): Promise<unknown> {
  await scene.changes()
  await scene.database.sql(text, values)
  const changes = await scene.changes()
  expect(await scene.changes()).toEqual([])
  return changes
}

describe.each(Object.keys(casesOf))('a change in %s', (table) => {
  it('is reported once, by kind and key, whatever watched column it is in', async () => {
    const cases = await casesOf[table]!(scene.given)
    const { kind, columns } = watched.get(table)!
    expect(new Set(cases.map(({ column }) => column))).toEqual(
      // The id of a token never changes, like all of it but its end.
      new Set(columns.filter((column) => !(table === 'tokens' && column === 'id'))),
    )
    for (const { column, set, where, values, keys } of cases) {
      const changes = await reported(`UPDATE ${table} SET ${set} WHERE ${where}`, values)
      expect({ column, changes }).toEqual({
        column,
        changes: [{ kind, keys: keys.toSorted() }],
      })
    }
  })
})

describe('a row', () => {
  it('that comes or goes is reported where it changes what somebody holds', async () => {
    const { given } = scene
    const owner = await given.person({
      tenants: ['any'],
      grants: [{ permissions: ['users.read'] }],
    })
    const token = await given.token(owner.id)
    const tenant = await given.tenant()
    const block = `INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by)
      VALUES ($1, $2, 'a try', $3)`
    const credential = [{ kind: 'credential', keys: [token.id] }]
    expect(await reported(block, [token.id, tenant.id, owner.id])).toEqual(credential)
    expect(await reported('DELETE FROM tenant_blocks WHERE token_id = $1', [token.id])).toEqual(
      credential,
    )
    const held = [{ kind: 'owner', keys: [owner.id] }]
    const scope = `INSERT INTO tenant_scopes (id, user_id, tenant_id) VALUES (gen_random_uuid(), $1, $2)`
    expect(await reported(scope, [owner.id, tenant.id])).toEqual(held)
    expect(await reported('DELETE FROM tenant_scopes WHERE user_id = $1', [owner.id])).toEqual(held)
    const role = await given.role(['tenants.read'])
    const grant = `INSERT INTO grants (id, user_id, role_id) VALUES (gen_random_uuid(), $1, $2)`
    expect(await reported(grant, [owner.id, role])).toEqual(held)
    expect(await reported('DELETE FROM grants WHERE user_id = $1', [owner.id])).toEqual(held)
    expect(await reported('DELETE FROM roles WHERE id = $1', [role])).toEqual([
      { kind: 'role', keys: [role] },
    ])
    expect(await reported('DELETE FROM tenants WHERE id = $1', [tenant.id])).toEqual([
      { kind: 'tenant', keys: [tenant.id] },
    ])
    expect(await reported('DELETE FROM sessions WHERE user_id = $1', [owner.id])).toEqual([
      { kind: 'credential', keys: [owner.session_id] },
    ])
    const nobody = await given.serviceAccount([])
    expect(await reported('DELETE FROM users WHERE id = $1', [nobody])).toEqual([
      { kind: 'owner', keys: [nobody] },
    ])
  })

  it('that nobody has yet is not, nor what authority is not read from, nor a change into the same', async () => {
    const { given } = scene
    await scene.changes()
    const owner = await given.person()
    await given.token(owner.id)
    const tenant = await given.tenant()
    const role = await given.role(['users.read'])
    expect(await scene.changes()).toEqual([])

    const silent: [string, string][] = [
      ['UPDATE users SET last_sign_in_at = now(), password_hash = $$x$$ WHERE id = $1', owner.id],
      ['UPDATE users SET name = name, status = status WHERE id = $1', owner.id],
      ['UPDATE sessions SET last_used_at = now(), ip = $$::1$$ WHERE id = $1', owner.session_id],
      ['UPDATE tenants SET name = $$Another$$ WHERE id = $1', tenant.id],
      ['UPDATE roles SET name = name || $$x$$, version = version + 1 WHERE id = $1', role],
      ['UPDATE roles SET permissions = $${users.read}$$ WHERE id = $1', role],
      ['DELETE FROM grants WHERE user_id = $1', owner.id],
    ]
    for (const [text, id] of silent) {
      expect({ text, changes: await reported(text, [id]) }).toEqual({ text, changes: [] })
    }
  })
})

describe('a statement about many rows', () => {
  const crowd = `INSERT INTO users (id, name, is_service_account, status)
    SELECT gen_random_uuid(), $2, true, 'active' FROM generate_series(1, $1)`
  const change = `UPDATE users SET status = 'deactivated' WHERE name = $1`

  it.each([
    [100, 100],
    [101, 0],
  ])('on %d is one row of the feed, with %d keys', async (size, named) => {
    const name = `crowd of ${size}`
    await scene.database.sql(crowd, [size, name])
    const changes = (await reported(change, [name])) as { kind: string; keys: string[] }[]
    expect(changes).toHaveLength(1)
    expect(changes[0]?.kind).toBe('owner')
    expect(changes[0]?.keys).toHaveLength(named)
  })

  it.each([
    ['tenant_blocks', ['credential']],
    ['grants', ['owner']],
    ['tenant_scopes', ['owner']],
    ['sessions CASCADE', ['credential']],
    ['roles CASCADE', ['role', 'owner']],
  ])('that empties %s is one for each table', async (tables, kinds) => {
    const changes = (await reported(`TRUNCATE ${tables}`)) as { kind: string; keys: string[] }[]
    expect(changes.map(({ kind }) => kind).sort()).toEqual([...kinds].sort())
    expect(changes.flatMap(({ keys }) => keys)).toEqual([])
  })

  it('is reported where session_replication_role keeps other triggers quiet', async () => {
    const id = await scene.given.serviceAccount([])
    const quiet = `SET LOCAL session_replication_role = replica`
    const text = `${quiet}; UPDATE users SET status = 'deactivated' WHERE id = '${id}'`
    expect(await reported(text)).toEqual([{ kind: 'owner', keys: [id] }])
  })
})
