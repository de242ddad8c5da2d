import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { connectTo, parseAnswer, sendRaw } from '../../support/raw.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { header, type Scene, sceneOf } from './scene.ts'

let server: TestServer
let scene: Scene
beforeAll(async () => {
  server = await startServer()
  scene = await sceneOf(server)
})
afterAll(() => server.close())

const rows = 'ada,ada@example.com,read\n'.repeat(30_000)

const head = (as: string, length: number) =>
  [
    'POST /api/v1/application-imports/upload HTTP/1.1',
    'Host: test',
    `Authorization: Bearer ${as}`,
    'Content-Type: multipart/form-data; boundary=part',
    `Content-Length: ${length}`,
    '\r\n',
  ].join('\r\n')

const disposition = (name: string, filename = '') =>
  `--part\r\nContent-Disposition: form-data; name="${name}"${filename && `; filename="${filename}"`}\r\n\r\n`

/** An upload of which so much has been sent that pieces of it are stored; `finish` sends the rest. */
async function begun(as: string) {
  const pieces = async () => (await server.traces())['import_file_chunks'] ?? 0
  const before = await pieces()
  const start =
    `${disposition('application_id')}${scene.application.id}\r\n` +
    `${disposition(scene.group, 'accounts.csv')}${header}${rows}`
  const end = '\r\n--part--\r\n'
  const socket = await connectTo(server.url)
  let text = ''
  socket.on('data', (data) => {
    text += data.toString()
  })
  socket.write(head(as, start.length + end.length) + start)
  await eventually(async () => (await pieces()) > before)
  return {
    socket,
    async finish() {
      socket.write(end)
      await eventually(async () => text.includes('\r\n\r\n{') && text.endsWith('}'))
      socket.destroy()
      return parseAnswer(text)
    },
  }
}

describe('An upload on its way', () => {
  it('that breaks off leaves nothing', async () => {
    const before = await server.traces()
    const { socket } = await begun(scene.admin.as)
    socket.destroy()
    await once(socket, 'close')
    await eventually(async () => (await server.traces())['import_file_chunks'] === 0)
    expect(await server.traces()).toEqual(before)
  })

  it('is an import when its end has come', async () => {
    const { finish } = await begun(scene.admin.as)
    const { status, body } = await finish()
    expect(status).toBe(201)
    expect(body.progress.rows_total).toBe(30_000)
    expect(body.files[0].size).toBe(header.length + rows.length)
  })

  it('makes nothing on a right that was lost meanwhile', async () => {
    const { given, call } = server
    const token = await given.token(scene.admin.id, {
      permissions: ['imports.run'],
      tenants: [scene.tenant.id],
    })
    const before = await server.traces()
    const { finish } = await begun(token.as)
    const gone = await call('DELETE', `/me/tokens/${token.id}`, { as: scene.admin.as })
    expect(gone.status).toBe(204)
    expect((await finish()).status).toBe(401)
    const after = await server.traces()
    expect(after).toMatchObject({
      application_imports: before['application_imports'],
      import_files: before['import_files'],
      import_file_chunks: before['import_file_chunks'],
    })
  })

  it('holds no connection to the database, and is one of a few, of which one owner has two', async () => {
    const other = await server.given.admin()
    const third = await server.given.admin()
    const twice = await Promise.all([1, 2].map(() => begun(scene.admin.as)))
    const refusedFor = async ({ as }: { as: string }) => {
      const body = `${disposition('application_id')}${scene.application.id}\r\n--part--\r\n`
      const { status, headers } = await sendRaw(
        server.url,
        head(as, body.length).replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n') + body,
      )
      return { status, retry_after: headers['retry-after'] }
    }
    const busy = { status: 503, retry_after: '1' }
    expect(await refusedFor(scene.admin)).toEqual(busy)
    const uploads = [...twice, ...(await Promise.all([1, 2].map(() => begun(other.as))))]
    await eventually(async () => {
      const { rows } = await server.pool.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
         AND state LIKE 'idle in transaction%'`,
      )
      return rows.length === 0
    })
    expect(await refusedFor(third)).toEqual(busy)
    for (const { finish } of uploads) expect((await finish()).status).toBe(201)
  })

  it('is refused before it is read where it announces more than it may be', async () => {
    const before = await server.traces()
    const answer = await sendRaw(server.url, head(scene.admin.as, 2_000_000_000))
    expect(answer.status).toBe(413)
    expect(answer.body.error).toBe('payload_too_large')
    expect(await server.traces()).toEqual(before)
  })

  it('is refused where it is no multipart body, or ends before its end', async () => {
    const before = await server.traces()
    const cut = `${disposition('application_id')}${scene.application.id}\r\n${disposition(scene.group, 'a.csv')}${header}`
    for (const body of ['account,email', cut, `${disposition('application_id')}`]) {
      const close = '\r\nConnection: close\r\n\r\n'
      const answer = await sendRaw(
        server.url,
        head(scene.admin.as, body.length).replace('\r\n\r\n', close) + body,
      )
      expect({ body, status: answer.status }).toEqual({ body, status: 400 })
    }
    expect(await server.traces()).toEqual(before)
  })
})
