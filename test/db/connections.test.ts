import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Wire, wireTo } from '../../scripts/faults/wire.ts'
import { askAnew } from '../../src/db/ask-anew.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { cloneDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let opened: Database
const broken: string[] = []
beforeAll(async () => {
  database = await cloneDatabase()
})
afterEach(() => opened.close())
afterAll(() => database.drop())

const open = (url: string) =>
  openDatabase({ url, poolSize: 2, onError: ({ message }) => broken.push(message) })

/** ReadyForQuery, outside a transaction: the last message of a start. */
const ready = Buffer.from('5a0000000549', 'hex')
const farewell = 'terminating connection due to administrator command'

function fatal(): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C57P01\0M${farewell}\0\0`)
  const head = Buffer.from('E\0\0\0\0')
  head.writeUInt32BE(fields.length + 4, 1)
  return Buffer.concat([head, fields])
}

/** Ends each connection in the packet that completes its start, as a busy server may. */
async function endingAtStart(databaseUrl: string): Promise<{ url: string; server: Server }> {
  const { port, hostname } = new URL(databaseUrl)
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    near.on('error', () => far.destroy()).pipe(far)
    far.on('error', () => near.destroy())
    far.on('data', (chunk: Buffer) => {
      if (chunk.indexOf(ready) === -1) return near.write(chunk)
      return near.end(Buffer.concat([chunk, fatal()]))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url: Object.assign(new URL(databaseUrl), { host }).toString(), server }
}

describe('a connection that ends in the packet of its start', () => {
  it('fails who waited for it, and nobody else', async () => {
    const { url, server } = await endingAtStart(database.url)
    opened = open(url)
    await expect(opened.prisma.$transaction((tx) => tx.user.count())).rejects.toThrow()
    await expect(opened.pool.query('SELECT 1')).rejects.toThrow()
    expect(broken).toContain(farewell)
    server.close()
  })
})

describe('an answer that is late', () => {
  let wire: Wire
  afterAll(() => wire.close())

  it('cuts its connection: no ROLLBACK waits behind it, and nobody is given it', async () => {
    wire = await wireTo(database.url)
    opened = open(wire.url)
    await opened.prisma.user.count()
    const startedAt = performance.now()
    const late = opened.prisma.$transaction(async (tx) => {
      await tx.user.count()
      wire.hang()
      await tx.user.count()
    })
    await expect(late).rejects.toThrow(/Query read timeout|not queryable/)
    // Twice the limit of a query is what the ROLLBACK would have added.
    expect(performance.now() - startedAt).toBeLessThan(5300)
    expect(opened.pool.totalCount).toBe(0)
    await wire.mend()
    expect(await opened.prisma.user.count()).toBeGreaterThan(0)
  })
})

describe('a question whose connection broke', () => {
  const loss = () => Object.assign(new Error('x'), { code: '57P01' })
  const failing = (errors: Error[]) => {
    const left = [...errors]
    return async () => {
      const error = left.shift()
      if (error) throw error
      return errors.length
    }
  }

  it('is asked anew for as long as connections are lost', async () => {
    opened = open(database.url)
    await expect(askAnew(failing([loss(), loss(), loss()]))).resolves.toBe(3)
    const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
    await expect(askAnew(failing([reset]))).resolves.toBe(1)
  })

  it.each([
    'Query read timeout',
    'timeout exceeded when trying to connect',
    'connect ECONNREFUSED',
    'canceling statement due to statement timeout',
  ])('is not asked anew after: %s', async (message) => {
    opened = open(database.url)
    await expect(askAnew(failing([new Error(message)]))).rejects.toThrow(message)
  })

  it('is not asked anew when half a second has gone', async () => {
    opened = open(database.url)
    let asked = 0
    const slow = async () => {
      asked += 1
      await new Promise((resolve) => setTimeout(resolve, 600))
      throw loss()
    }
    await expect(askAnew(slow)).rejects.toThrow()
    expect(asked).toBe(1)
  })
})
