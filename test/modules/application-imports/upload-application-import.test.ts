import { randomUUID } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { header, type Scene, sceneOf } from './scene.ts'

const file = `${header}ada,ada@example.com,read\nbob,bob@example.com,read\n`

let server: TestServer
let scene: Scene
let id: string
let group: string
beforeAll(async () => {
  server = await startServer({ IMPORT_MAX_BYTES: '3000000' })
  scene = await sceneOf(server)
  ;({ id } = scene.application)
  group = scene.group
})
afterAll(() => server.close())

describe('POST /application-imports/upload', () => {
  it('answers 201 at once, with an import of the files that came', async () => {
    const { status, body } = await scene.send([
      ['application_id', id],
      [group, file, 'Core accounts.csv'],
    ])

    expect(status).toBe(201)
    expect(body).toMatchObject({
      kind: 'Application Import',
      type: 'manual',
      status: 'pending',
      created_by: scene.admin.email,
      files: [
        {
          id: expect.any(String),
          file_group_id: group,
          file_group: 'accounts',
          name: 'Core accounts.csv',
          size: file.length,
        },
      ],
      metrics: null,
      progress: { rows_done: 0, rows_total: 2 },
      application: { id, kind: 'Application', is_archived: false },
    })
    expect(await scene.see(body.id)).toEqual(body)
  })

  it('is of type api with a token, whose name it tells', async () => {
    const token = await server.given.token(scene.admin.id, {
      permissions: ['imports.run'],
      tenants: [scene.tenant.id],
      name: 'Nightly',
    })
    const { body } = await scene.send(
      [
        ['application_id', id],
        [group, file],
      ],
      { as: token.as },
    )
    expect(body).toMatchObject({ type: 'api', created_by: 'Nightly' })
  })

  it('takes one file for each group, and needs those that are required', async () => {
    const application = await server.given.application(scene.tenant.id, {
      file_groups: [
        { name: 'people', required: true },
        { name: 'machines', required: true },
        { name: 'extras', required: false },
      ],
    })
    const [people = '', machines = '', extras = ''] = application.file_groups.map(({ id }) => id)
    const parts = (...groups: string[]) =>
      scene.send([
        ['application_id', application.id],
        ...groups.map((one): [string, string, string] => [one, file, `${one}.csv`]),
      ])

    const before = await server.traces()
    const missing = await parts(people, extras)
    expect(missing.status).toBe(422)
    expect(missing.body.errors).toEqual([
      { field: machines, message: expect.stringContaining('machines') },
    ])
    const twice = await parts(people, machines, people)
    expect(twice.body).toMatchObject({
      error: 'validation_error',
      errors: [{ field: people, message: 'must be one file' }],
    })
    expect(await server.traces()).toEqual(before)
    const taken = await parts(machines, people)
    expect(taken.body.files.map(({ file_group }: { file_group: string }) => file_group)).toEqual([
      'people',
      'machines',
    ])
  })

  const unknown = uuidv7()
  type Parts = Parameters<Scene['send']>[0]
  it.each<[string, () => Parts, number, () => string]>([
    ['no application', () => [[group, file]], 400, () => 'application_id'],
    ['no parts', () => [], 400, () => 'application_id'],
    [
      'an id that is none',
      () => [
        ['application_id', 'core'],
        [group, file],
      ],
      400,
      () => 'application_id',
    ],
    [
      'the application twice',
      () => [
        ['application_id', id],
        ['application_id', id],
      ],
      400,
      () => 'application_id',
    ],
    ['no file', () => [['application_id', id]], 422, () => group],
    [
      'a group that is unknown',
      () => [
        ['application_id', id],
        [unknown, file],
      ],
      422,
      () => unknown,
    ],
    [
      'a file for the application’s id',
      () => [['application_id', file, 'a.csv']],
      400,
      () => 'application_id',
    ],
    [
      'an empty file',
      () => [
        ['application_id', id],
        [group, ''],
      ],
      400,
      () => group,
    ],
  ])('names the field for %s, and keeps nothing', async (_, parts, status, field) => {
    const before = await server.traces()
    const answer = await scene.send(parts())
    expect(answer.status).toBe(status)
    expect(answer.body.errors).toEqual([{ field: field(), message: expect.any(String) }])
    expect(await server.traces()).toEqual(before)
  })

  it('refuses an application that is archived, of another tenant, or unknown', async () => {
    const archived = await server.given.application(scene.tenant.id, { is_archived: true })
    const elsewhere = await server.given.application((await server.given.tenant()).id)
    const { as } = await server.given.person({
      tenants: [scene.tenant.id],
      grants: [{ permissions: ['imports.run'] }],
    })
    const before = await server.traces()
    const send = async (to: string) =>
      (
        await scene.send(
          [
            ['application_id', to],
            [group, file],
          ],
          { as },
        )
      ).status
    expect(await send(archived.id)).toBe(422)
    expect(await send(elsewhere.id)).toBe(404)
    expect(await send(uuidv7())).toBe(404)
    expect(await server.traces()).toEqual(before)
  })

  it('takes nothing but multipart/form-data', async () => {
    const { as } = scene.admin
    const body = { application_id: id }
    const { status, body: answer } = await server.call('POST', '/application-imports/upload', {
      as,
      body,
    })
    expect(status).toBe(415)
    expect(answer.message).toBe('Send multipart/form-data')
  })

  it('refuses more than it may be, with what came before it gone', async () => {
    const before = await server.traces()
    const rows = 'ada,ada@example.com,read\n'.repeat(60_000)
    const extra = await server.given.application(scene.tenant.id, {
      file_groups: [
        { name: 'one', required: true },
        { name: 'two', required: true },
      ],
    })
    const [one, two] = extra.file_groups.map((each) => each.id)
    const answer = await scene.send([
      ['application_id', extra.id],
      [one ?? '', header + rows],
      [two ?? '', header + rows.repeat(2)],
    ])
    expect(answer.status).toBe(413)
    expect(answer.body.error).toBe('payload_too_large')
    expect(await server.traces()).toMatchObject({
      ...before,
      applications: (before['applications'] ?? 0) + 1,
      file_groups: (before['file_groups'] ?? 0) + 2,
    })
  })

  it('refuses files that are too large together', async () => {
    const rows = 'ada,ada@example.com,read\n'.repeat(40_000)
    const small = await startServer({ IMPORT_MAX_BYTES: '1500000' })
    const its = await sceneOf(small)
    const extra = await small.given.application(its.tenant.id, {
      file_groups: [
        { name: 'one', required: true },
        { name: 'two', required: true },
      ],
    })
    const before = await small.traces()
    const parts = [
      ['application_id', extra.id],
      ...extra.file_groups.map((each) => [each.id, rows]),
    ]
    const form = new FormData()
    for (const [name = '', content = ''] of parts) {
      form.append(name, name === 'application_id' ? content : new Blob([content]))
    }
    const { headers, body } = new Request('http://x', { method: 'POST', body: form })
    // Without a length that tells it beforehand.
    const answer = await fetch(`${small.url}/api/v1/application-imports/upload`, {
      method: 'POST',
      headers: {
        'content-type': headers.get('content-type') ?? '',
        authorization: `Bearer ${its.admin.as}`,
      },
      body,
      duplex: 'half',
    } as RequestInit)
    expect(answer.status).toBe(413)
    expect(await small.traces()).toEqual(before)
    await small.close()
  })

  it('is done once for one Idempotency-Key, and refuses other files with it', async () => {
    const headers = { 'idempotency-key': randomUUID() }
    const send = (content: string) =>
      scene.send(
        [
          ['application_id', id],
          [group, content],
        ],
        { headers },
      )
    const first = await send(file)
    const before = await server.traces()
    const again = await send(file)
    expect(again.body).toEqual(first.body)
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    const other = await send(`${file}eve,,read\n`)
    expect(other.status).toBe(409)
    expect(await server.traces()).toEqual(before)
  })
})
