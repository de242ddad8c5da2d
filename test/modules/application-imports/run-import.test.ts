import { gzipSync } from 'node:zlib'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { removeUnclaimed } from '../../../src/modules/application-imports/prune.ts'
import { removeFiles } from '../../../src/modules/application-imports/store-file.ts'
import { eventually } from '../../support/eventually.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { header, type Scene, sceneOf } from './scene.ts'

let server: TestServer
let scene: Scene
beforeAll(async () => {
  server = await startServer({}, null, { withWorker: true })
})
beforeEach(async () => {
  scene = await sceneOf(server)
})
afterAll(() => server.close())

const left = async () => {
  const [row] = await server.database.sql<{ chunks: number; rows: number }>(
    `SELECT (SELECT count(*)::int FROM import_file_chunks) AS chunks,
       (SELECT count(*)::int FROM import_rows) AS rows`,
  )
  return row
}

describe('An import', () => {
  it('brings the accounts of its file, and says how many are whose', async () => {
    await server.given.identity(scene.tenant.id, { email: 'ada@example.com' })
    await server.given.identity(scene.tenant.id, { email: 'eve@example.com', status: 'removed' })
    const ended = await scene.imported(
      `${header}ada,Ada@example.com,read\nada,ada@example.com,write\nbob,,\nada,,read\neve,eve@example.com,\n`,
    )
    expect(ended).toMatchObject({
      status: 'finished',
      log: null,
      metrics: {
        rows: 5,
        accounts: 3,
        new_accounts: 3,
        removed_accounts: 0,
        new_privileges: 2,
        removed_privileges: 0,
        unmatched: 2,
        change_percent: 100,
      },
      progress: { rows_done: 5, rows_total: 5 },
    })
    expect(await scene.accounts()).toEqual([
      { account: 'ada', email: 'ada@example.com', privileges: ['read', 'write'] },
      { account: 'bob', email: null, privileges: [] },
      { account: 'eve', email: 'eve@example.com', privileges: [] },
    ])
    await eventually(async () => JSON.stringify(await left()) === '{"chunks":0,"rows":0}')
  })

  it('replaces what the one before it brought, and counts what is different', async () => {
    const application = await server.given.application(scene.tenant.id, {
      change_threshold_percent: null,
      accounts: [
        ['same', 's@example.com', ['a', 'b']],
        ['gone', null, ['a', 'b', 'c']],
        ['moved', 'm@example.com', ['a']],
        ['other', 'o@example.com', ['a', 'b']],
      ],
    })
    const ended = await scene.imported(
      `${header}same,s@example.com,b\nsame,,a\nmoved,n@example.com,a\nother,o@example.com,b\nother,,c\nother,,d\nnew,,x\n`,
      application,
    )
    expect(ended.metrics).toEqual({
      rows: 7,
      accounts: 4,
      new_accounts: 1,
      removed_accounts: 1,
      new_privileges: 3,
      removed_privileges: 4,
      unmatched: 4,
      change_percent: 100,
    })
    expect(await scene.accounts(application.id)).toEqual([
      { account: 'moved', email: 'n@example.com', privileges: ['a'] },
      { account: 'new', email: null, privileges: ['x'] },
      { account: 'other', email: 'o@example.com', privileges: ['b', 'c', 'd'] },
      { account: 'same', email: 's@example.com', privileges: ['a', 'b'] },
    ])
  })

  it('finds the rows of an account wherever they are, and says nothing of their order', async () => {
    const privileges = ['\u{1f600}', '\uff5a', 'b', 'a', 'c']
    const lines = (of: string[], account: string) =>
      of.map((one) => `${account},,"${one}"\n`).join('')
    const together = lines([...privileges, 'a'], 'ada')
    const apart = privileges.map((one, at) => `bob,,${one}\nx${at},,\n`).join('')
    await scene.imported(header + together + apart)
    const found = await scene.accounts()
    expect(found).toHaveLength(7)
    expect(found[0]).toEqual({
      account: 'ada',
      email: null,
      privileges: ['a', 'b', 'c', '\uff5a', '\u{1f600}'],
    })
    expect(found[1]).toEqual({ ...found[0], account: 'bob' })
    const again = await scene.imported(header + apart + lines(privileges.toReversed(), 'ada'))
    expect(again.metrics).toMatchObject({
      new_privileges: 0,
      removed_privileges: 0,
      change_percent: 0,
    })
  })

  it('reads files that are packed, quoted, or have other line breaks, and keeps what COPY would escape', async () => {
    const text = `${header}"a\\b","q@example.com","read, ""all"""\r\nren\u00e9,,\\N\r\n`
    const ended = await scene.imported(gzipSync(text))
    expect(ended).toMatchObject({ status: 'finished', progress: { rows_done: 2, rows_total: 2 } })
    expect(await scene.accounts()).toEqual([
      { account: 'a\\b', email: 'q@example.com', privileges: ['read, "all"'] },
      { account: 'ren\u00e9', email: null, privileges: ['\\N'] },
    ])
  })

  it('does not replace what a later one has brought, in whatever order they come to run', async () => {
    const { body: first } = await scene.upload(`${header}ada,,read\n`)
    await scene.settled(first.id)
    const id = await server.given.applicationImport(scene.application.id, 'finished')
    expect((await scene.see(id)).number).toBeGreaterThan(first.number)
    await server.database.sql(
      `UPDATE application_imports SET status = 'pending', build_end = NULL WHERE id = $1`,
      [first.id],
    )
    await server.database.sql(
      `WITH file AS (SELECT id FROM import_files WHERE import_id = $1)
       INSERT INTO import_file_chunks SELECT id, 0, $2 FROM file`,
      [first.id, Buffer.from(`${header}eve,,read\n`)],
    )
    await again(first.id)
    expect(await scene.settled(first.id)).toMatchObject({
      status: 'failed',
      log: expect.stringMatching(/^import \d+, begun later, has finished already$/),
    })
    expect(await scene.accounts()).toMatchObject([{ account: 'ada' }])
  })

  it('that nobody came to the end of begins anew, and counts nothing twice', async () => {
    const application = await server.given.application(scene.tenant.id)
    const id = await server.given.applicationImport(application.id, 'running')
    const file = uuidv7()
    const { sql } = server.database
    await sql(
      `INSERT INTO import_files (id, import_id, file_group_id, name, size) VALUES ($1, $2, $3, 'a.csv', $4)`,
      [file, id, application.file_groups[0]?.id, `${header}ada,,read\n`.length],
    )
    await sql('INSERT INTO import_file_chunks VALUES ($1, 0, $2)', [
      file,
      Buffer.from(`${header}ada,,read\n`),
    ])
    await sql(`INSERT INTO import_rows VALUES ($1, 0, 2, 'eve', NULL, '{all}')`, [id])
    await again(id, application.id)
    expect(await scene.settled(id)).toMatchObject({ status: 'finished', metrics: { rows: 1 } })
    expect(await scene.accounts(application.id)).toMatchObject([{ account: 'ada' }])
    expect((await scene.events(id)).map(({ action }) => action)).toEqual([
      'application_import.finished',
    ])
  })

  it('of whose file a part is gone fails, and takes nothing of the rest for the whole', async () => {
    const application = await server.given.application(scene.tenant.id, {
      change_threshold_percent: null,
      accounts: [['grace', null, ['read']]],
    })
    const id = await server.given.applicationImport(application.id)
    const file = uuidv7()
    const { sql } = server.database
    await sql(
      `INSERT INTO import_files (id, import_id, file_group_id, name, size) VALUES ($1, $2, $3, 'a.csv', 100)`,
      [file, id, application.file_groups[0]?.id],
    )
    const first = Buffer.from(`${header}ada,,read\n`)
    await sql('INSERT INTO import_file_chunks VALUES ($1, 0, $2)', [file, first])
    await again(id, application.id)
    expect(await scene.settled(id)).toMatchObject({
      status: 'failed',
      log: `${100 - first.length} bytes of the file are lost: send it again`,
    })
    expect(await scene.accounts(application.id)).toMatchObject([{ account: 'grace' }])
  })

  it.each([
    ['the application is archived', 'UPDATE applications SET is_archived = true WHERE id = $1'],
    [
      'the tenant is not active',
      `UPDATE tenants SET status = 'suspended' WHERE id = (SELECT tenant_id FROM applications WHERE id = $1)`,
    ],
  ])('fails where meanwhile %s', async (log, change) => {
    const id = await server.given.applicationImport(scene.application.id)
    await server.database.sql(change, [scene.application.id])
    await again(id)
    await server.database.sql(`UPDATE tenants SET status = status`)
    const ended = async () =>
      (
        await server.database.sql<{ status: string; log: string }>(
          'SELECT status, log FROM application_imports WHERE id = $1',
          [id],
        )
      )[0]
    await eventually(async () => (await ended())?.status === 'failed')
    expect((await ended())?.log).toBe(log)
  })

  it('shows how far it is, while it runs', async () => {
    const rows = Array.from({ length: 150_000 }, (_, n) => `a${n},a${n}@example.com,read\n`)
    const { body } = await scene.upload(header + rows.join(''))
    expect(body.progress).toEqual({ rows_done: 0, rows_total: 150_000 })
    const seen = new Set<number>()
    for (;;) {
      const { status, progress } = await scene.see(body.id)
      seen.add(progress.rows_done)
      if (status === 'finished') break
    }
    expect([...seen].sort((a, b) => a - b).at(-1)).toBe(150_000)
  })
})

describe('The pieces of a file', () => {
  it('stay where an import holds it, whoever takes its upload for one that failed', async () => {
    const id = await server.given.applicationImport(scene.application.id)
    const [held, unheld] = [uuidv7(), uuidv7()]
    const { sql } = server.database
    await sql(
      `INSERT INTO import_files (id, import_id, file_group_id, name, size) VALUES ($1, $2, $3, 'a.csv', 1)`,
      [held, id, scene.group],
    )
    for (const file of [held, unheld]) {
      await sql(`INSERT INTO import_file_chunks VALUES ($1, 0, 'x')`, [file])
    }
    await removeFiles(server.pool, [held, unheld])
    const found = await sql('SELECT file_id FROM import_file_chunks WHERE file_id = ANY($1)', [
      [held, unheld],
    ])
    expect(found).toEqual([{ file_id: held }])
  })
})

describe('What an upload has left whose process was killed', () => {
  it('is removed when it is older than any upload can be', async () => {
    const [old, young, claimed] = [
      uuidv7({ msecs: Date.now() - 7_200_000 }),
      uuidv7(),
      uuidv7({ msecs: Date.now() - 7_200_000 }),
    ]
    const { sql } = server.database
    const id = await server.given.applicationImport(scene.application.id)
    await sql(
      `INSERT INTO import_files (id, import_id, file_group_id, name, size) VALUES ($1, $2, $3, 'a.csv', 1)`,
      [claimed, id, scene.group],
    )
    for (const file of [old, young, claimed]) {
      await sql(`INSERT INTO import_file_chunks VALUES ($1, 0, 'x')`, [file])
    }
    await removeUnclaimed(server.pool, 3_600_000)
    const found = await sql<{ file_id: string }>(
      'SELECT file_id FROM import_file_chunks WHERE file_id = ANY($1) ORDER BY 1',
      [[old, young, claimed]],
    )
    expect(found.map(({ file_id }) => file_id).sort()).toEqual([young, claimed].sort())
  })
})

/** Sends the job of an import once more, as a worker's end does. */
async function again(import_id: string, key = scene.application.id) {
  await server.database.sql(
    `INSERT INTO pgboss.job (name, data, singleton_key, policy)
     VALUES ('run_import', $1, $2, 'singleton')`,
    [JSON.stringify({ import_id }), key],
  )
}
