import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { header, type Scene, sceneOf } from './scene.ts'
import { allowed, startSource } from './source.ts'

let server: TestServer
let scene: Scene
/** One import for each case, into an application of its own. */
const uploaded: { id: string; application: { id: string } }[] = []
let source: Awaited<ReturnType<typeof startSource>>
beforeAll(async () => {
  source = await startSource((_, response) => response.writeHead(500).end())
  server = await startServer(allowed, null, { withWorker: true })
  scene = await sceneOf(server)
  for (const [, content] of cases) {
    const application = await server.given.application(scene.tenant.id, {
      accounts: [['grace', null, ['read']]],
    })
    const file = typeof content === 'string' ? content : content()
    uploaded.push({ application, id: (await scene.upload(file, application)).body.id })
  }
}, 90_000)
afterAll(async () => {
  await server.close()
  await source.close()
})

const good = 'ada,ada@example.com,read\n'
const fifteen = Array.from({ length: 15 }, (_, n) => `a${n},a${n}@example.com,read\n`).join('')
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')
const latin1 = (text: string) => Buffer.from(text, 'latin1')
const bomb = () => gzipSync(header + good.repeat(500_000))
const formula = 'must not begin with =, +, -, @ or a tab, as a formula does'
const address = 'must be an e-mail address, or empty'

const cases: [string, string | (() => Buffer), string][] = [
  ['a column that is missing', 'account,email\nada,\n', 'line 1: the column privilege is missing'],
  [
    'a column that is unknown',
    'account,mail,privilege\nada,,\n',
    'line 1: "mail" is no column; there are account, email and privilege\nline 1: the column email is missing',
  ],
  [
    'a column that is there twice',
    'account,email,privilege,email\n',
    'line 1: the column email is there twice',
  ],
  ['no header', good, 'line 1: "ada" is no column'],
  ['nothing but line breaks', '\n\r\n\n', 'the file is empty'],
  ['a header and no rows', header, 'there are no rows'],
  [
    'a bad e-mail address',
    `${header}${fifteen}zoe,zoe,read\n`,
    `line 17, column email: ${address}`,
  ],
  [
    'two bad rows',
    `${header}zoe,zoe,read\n${good},,read\n`,
    `line 2, column email: ${address}\nline 4, column account: must not be empty`,
  ],
  ['a row that is short', `${header}${good}ada,read\n`, 'line 3: has 2 cells instead of 3'],
  ['a row that is long', `${header}ada,,read,write\n`, 'line 2: has 4 cells instead of 3'],
  [
    'an account that is too long',
    `${header}${'x'.repeat(256)},,\n`,
    'line 2, column account: must be at most 255 characters',
  ],
  [
    'a formula for an account',
    `${header}=cmd|' /C calc'!A0,,read\n`,
    `line 2, column account: ${formula}`,
  ],
  ['a formula for a privilege', `${header}ada,,@SUM(A1)\n`, `line 2, column privilege: ${formula}`],
  [
    'a formula for an address',
    `${header}ada,=cmd|'/calc'!A0@x.com,read\n`,
    `line 2, column email: ${formula}`,
  ],
  [
    'a formula in quotation marks',
    `${header}ada,,"+1,2"\n`,
    `line 2, column privilege: ${formula}`,
  ],
  ['a cell that begins with a tab', `${header}ada,,\t=1\n`, `line 2, column privilege: ${formula}`],
  [
    'a NUL',
    `${header}a\0da,,read\n`,
    'line 2, column account: must be on one line, without control characters',
  ],
  [
    'a line break in a cell',
    `${header}${good}ada,,"re\nad"\nzoe,zoe,\n`,
    `line 3, column privilege: must be on one line, without control characters\nline 5, column email: ${address}`,
  ],
  [
    'a space before an account',
    `${header} ada,,read\n`,
    'line 2, column account: must not begin or end with a space',
  ],
  [
    'a quotation mark that is not closed',
    `${header}${good}"ada,,read\n${good}`,
    'line 3: a quotation mark is not closed',
  ],
  [
    'a quotation mark within a cell',
    `${header}a"da,,read\n`,
    'line 2: a quotation mark may only be where a cell begins',
  ],
  ['UTF-16', () => utf16(header + good), 'the file is UTF-16 text; save it as UTF-8'],
  [
    'Latin-1',
    () => latin1(`${header}${good}ren\u00e9,,read\n`),
    'line 3: is not UTF-8 text; save the file as UTF-8',
  ],
  [
    'a character that is cut off',
    () => Buffer.from(`${header}ada,,\u00e9`).subarray(0, -1),
    'line 2: is not UTF-8 text',
  ],
  [
    'one line without end',
    `${header}${'x'.repeat(200_000)}`,
    'line 2: is longer than 100000 characters',
  ],
  ['a gzip bomb', bomb, 'the file is more than 100 times its size when unpacked'],
  [
    'a gzip file that is cut off',
    () => gzipSync(header + fifteen).subarray(0, -20),
    'the file is no complete gzip file',
  ],
  [
    'two addresses for one account',
    `${header}${good}bob,,\nada,ADA@example.com,write\nada,ada@example.org,read\n`,
    'line 5, column email: is another than in line 2, for the same account',
  ],
]

const left = async () => {
  const [row] = await server.database.sql<{ left: number }>(
    `SELECT ((SELECT count(*) FROM import_file_chunks) + (SELECT count(*) FROM import_rows))::int AS left`,
  )
  return row?.left
}

const graces = [{ account: 'grace', email: null, privileges: ['read'] }]

describe('A file that is wrong', () => {
  it.each(cases.map(([name, , log], at) => ({ name, log, at })))(
    'fails its import, which says where, and changes nothing: $name',
    async ({ log, at }) => {
      const { id, application } = uploaded[at] as (typeof uploaded)[number]
      const ended = await scene.settled(id)
      expect(ended).toMatchObject({ status: 'failed', metrics: null })
      expect(ended.log.slice(0, log.length)).toBe(log)
      expect(ended.build_end).not.toBeNull()
      expect(await scene.accounts(application.id)).toEqual(graces)
      expect((await scene.events(id)).at(-1)).toMatchObject({
        action: 'application_import.failed',
        actor_name: scene.admin.email,
        after: { status: 'failed', log: ended.log },
      })
    },
  )

  it('leaves nothing of itself', async () => {
    await eventually(async () => (await left()) === 0)
  })

  it('is told of twenty problems, and not of a thousand', async () => {
    const { log } = await scene.imported(header + 'zoe,zoe,read\n'.repeat(1000))
    expect(log.split('\n')).toHaveLength(20)
  })

  it('is named where there are several', async () => {
    const application = await server.given.application(scene.tenant.id, {
      file_groups: [
        { name: 'people', required: true },
        { name: 'machines', required: true },
      ],
    })
    const [people = '', machines = ''] = application.file_groups.map(({ id }) => id)
    const failed = async (first: string, second: string) => {
      const { body } = await scene.send([
        ['application_id', application.id],
        [people, first, 'people.csv'],
        [machines, second, 'machines.csv'],
      ])
      return (await scene.settled(body.id)).log
    }
    expect(await failed(header + good, `${header}zoe,zoe,\n`)).toBe(
      `machines.csv, line 2, column email: ${address}`,
    )
    expect(await failed(header + good, `${header}bob,,\nada,eve@example.com,\n`)).toBe(
      'machines.csv, line 3, column email: is another than in people.csv, line 2, for the same account',
    )
  })
})

describe('A source that cannot be had', () => {
  it('fails the import in words that tell nothing of our network', async () => {
    const application = await server.given.application(scene.tenant.id, {
      import_schedule: source.schedule,
    })
    const { body } = await server.call('POST', '/application-imports/stage', {
      as: scene.admin.as,
      body: { application_id: application.id },
    })
    expect(await scene.settled(body.id)).toMatchObject({
      status: 'failed',
      log: 'the source could not be fetched',
    })
  })
})
