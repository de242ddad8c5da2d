import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Wire, wireTo } from '../../scripts/faults/wire.ts'
import { freePort } from '../../scripts/processes/free-port.ts'
import { clientOf } from '../support/client.ts'
import { cloneDatabase, type TestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'

let database: TestDatabase
let wire: Wire
let server: ServerProcess
beforeAll(async () => {
  database = await cloneDatabase()
})
beforeEach(async () => {
  wire = await wireTo(database.url)
  await wire.cut()
  server = await startProcess({ DATABASE_URL: wire.url, PORT: String(await freePort()) })
})
afterEach(async () => {
  await server.stop('SIGKILL')
  await wire.close()
})
afterAll(() => database.drop())

describe('a server whose database is not there yet', () => {
  it('is alive and not ready, answers all else 503, and is a server when the database comes', async () => {
    const call = clientOf(server.url)
    expect((await call('GET', '//healthz')).status).toBe(200)
    for (const path of ['//readyz', '/me', '/nowhere', '//metrics']) {
      const answer = await call('GET', path, { as: 'not-a-token' })
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).toBe('1')
      expect(answer.body).toMatchObject({
        error: 'service_unavailable',
        correlationId: answer.headers.get('x-correlation-id'),
      })
    }
    await wire.mend()
    await eventually(async () => {
      const answer = await call('GET', '//readyz').catch(() => null)
      return answer?.status === 200
    }, 60_000)
    expect((await call('GET', '/me', { as: 'not-a-token' })).status).toBe(401)
    expect(await server.stop('SIGTERM')).toBe(0)
  }, 90_000)

  it('does the same where the database hangs rather than refuses', async () => {
    const hung = await wireTo(database.url)
    hung.hang()
    const waiting = await startProcess({
      DATABASE_URL: hung.url,
      PORT: String(await freePort()),
    })
    const ready = async () => {
      const answer = await clientOf(waiting.url)('GET', '//readyz').catch(() => null)
      return answer?.status
    }
    expect(await ready()).toBe(503)
    await hung.mend()
    await eventually(async () => (await ready()) === 200, 60_000)
    expect(await waiting.stop('SIGTERM')).toBe(0)
    await hung.close()
  }, 90_000)

  it('ends when it is told to', async () => {
    expect(await server.stop('SIGTERM')).toBe(0)
  })
})
