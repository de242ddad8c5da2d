import { setTimeout as sleep } from 'node:timers/promises'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SourceServer, startSource } from '../support/source-server.ts'
import { fetcher, limits, read } from './fetcher.ts'

const csv = 'account,email,privilege\nada,ada@example.com,READ\n'
const packed = gzipSync(csv)
/** Ten megabytes in ten kilobytes. */
const bomb = gzipSync(Buffer.alloc(10_000_000, 'a'))
/** A gzip header and then empty blocks: however long, it becomes nothing. */
const void_ = Buffer.concat([
  Buffer.from('1f8b0800000000000003', 'hex'),
  ...Array.from({ length: 4000 }, () => Buffer.from('000000ffff', 'hex')),
])

let server: SourceServer
beforeAll(async () => {
  server = await startSource((request, response) => {
    const gzip = { 'content-encoding': 'gzip' }
    switch (request.url?.slice(1)) {
      case 'plain':
        return response.end(csv)
      case 'asked':
        return response.end(JSON.stringify(request.headers))
      case 'gzip':
        return response.writeHead(200, gzip).end(packed)
      case 'bomb':
        return response.writeHead(200, gzip).end(bomb)
      case 'void':
        return response.writeHead(200, gzip).end(void_)
      case 'half a gzip':
      case 'half%20a%20gzip':
        return response.writeHead(200, gzip).end(packed.subarray(0, -12))
      case 'no%20gzip':
        return response.writeHead(200, gzip).end(csv)
      case 'deflate':
        return response.writeHead(200, { 'content-encoding': 'deflate' }).end(deflateRawSync(csv))
      case 'announced':
        return response.writeHead(200, { 'content-length': '2000000000' }).write('a')
      case 'unannounced':
        for (let n = 0; n < 30; n += 1) response.write('a'.repeat(10_000))
        return response.end()
      case 'cut':
        response.writeHead(200, { 'content-length': '1000' }).write(csv)
        return setTimeout(() => response.destroy(), 20)
      case 'silent':
        return undefined
      case 'trickle': {
        const timer = setInterval(() => response.write('a'), 20)
        return response.on('close', () => clearInterval(timer))
      }
      case 'part':
        return response.writeHead(206).end(csv)
      default:
        return response.writeHead(404).end('/srv/exports/accounts.csv: no such file')
    }
  })
})
afterAll(() => server.close())

const fetched = (path: string, more: object = {}) =>
  read(fetcher({ networks: '127.0.0.1' })(`${server.url}/${path}`, { ...limits, ...more }))

const failed = { kind: 'failed', message: 'the source could not be fetched' }
const tooLarge = { kind: 'too_large', message: 'the source is too large' }
const tooSlow = { kind: 'too_slow', message: 'the source took too long' }

describe('A source', () => {
  it('is read as it is, or unpacked', async () => {
    expect(await fetched('plain')).toBe(csv)
    expect(await fetched('gzip')).toBe(csv)
  })

  it('is told nothing of us but what it needs', async () => {
    const headers = JSON.parse(await fetched('asked'))
    expect(Object.keys(headers).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ])
  })

  it.each(['missing', 'part', 'no%20gzip', 'half%20a%20gzip', 'deflate', 'cut'])(
    'that answers in another way fails, whole, and without a word of what it said: %s',
    async (path) => {
      await expect(fetched(path)).rejects.toMatchObject(failed)
    },
  )

  it('that cannot be reached, or shows a certificate that nobody knows, fails in the same words', async () => {
    const fetch = fetcher({ networks: '127.0.0.1', isTrusted: false })
    await expect(read(fetch(`${server.url}/plain`, limits))).rejects.toMatchObject(failed)
    const gone = await startSource(() => undefined)
    await gone.close()
    const trusting = fetcher({ networks: '127.0.0.1' })
    await expect(read(trusting(gone.url, limits))).rejects.toMatchObject(failed)
  })
})

describe('The limit on bytes', () => {
  it('holds for what is announced, before anything is read', async () => {
    const fetching = fetcher({ networks: '127.0.0.1' })(`${server.url}/announced`, limits)
    await expect(fetching).rejects.toMatchObject(tooLarge)
  })

  it.each(['unannounced', 'bomb', 'void'])(
    'holds for what comes, and for what it becomes: %s',
    async (path) => {
      await expect(fetched(path, { maxBytes: 15_000 })).rejects.toMatchObject(tooLarge)
    },
  )

  it('lets pass what is just as large', async () => {
    expect(await fetched('plain', { maxBytes: csv.length })).toBe(csv)
    await expect(fetched('plain', { maxBytes: csv.length - 1 })).rejects.toMatchObject(tooLarge)
  })

  it('stops a bomb when it is too large, and not when it has gone off', async () => {
    const stream = await fetcher({ networks: '127.0.0.1' })(`${server.url}/bomb`, {
      ...limits,
      maxBytes: 1_000_000,
    })
    let bytes = 0
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length
    })
    await new Promise((resolve) => stream.on('error', resolve))
    expect(bytes).toBeLessThanOrEqual(1_000_000)
  })
})

describe('The limit on time', () => {
  it.each(['silent', 'trickle'])(
    'holds from the first connection to the last byte: %s',
    async (path) => {
      const began = Date.now()
      await expect(fetched(path, { timeoutMs: 300 })).rejects.toMatchObject(tooSlow)
      expect(Date.now() - began).toBeLessThan(3000)
    },
  )

  it('holds for a name server that is silent', async () => {
    const fetch = fetcher({ lookup: () => undefined })
    const fetching = fetch('https://sources.test/', { ...limits, timeoutMs: 300 })
    await expect(fetching).rejects.toMatchObject(tooSlow)
  })

  it('gives way to the caller’s own reason to stop', async () => {
    for (const path of ['silent', 'trickle']) {
      const stopping = new AbortController()
      const fetching = fetched(path, { signal: stopping.signal })
      await sleep(100)
      stopping.abort(new Error('the process ends'))
      await expect(fetching).rejects.toThrow('the process ends')
    }
    const stopped = AbortSignal.abort(new Error('was canceled'))
    await expect(fetched('plain', { signal: stopped })).rejects.toThrow('was canceled')
  })

  it('is over when the reader has gone: the connection is closed', async () => {
    let isClosed = false
    const other = await startSource((_, response) => {
      response.on('close', () => {
        isClosed = true
      })
      response.write('a')
    })
    const stream = await fetcher({ networks: '127.0.0.1' })(other.url, limits)
    stream.destroy()
    for (let n = 0; n < 100 && !isClosed; n += 1) await sleep(20)
    expect(isClosed).toBe(true)
    await other.close()
  })
})
