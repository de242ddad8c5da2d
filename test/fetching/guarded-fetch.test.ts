import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { guardedFetch } from '../../src/fetching/guarded-fetch.ts'
import { sourceRulesOf } from '../../src/fetching/source-rules.ts'
import { type SourceServer, startSource } from '../support/source-server.ts'
import { certificate } from '../support/tls.ts'

let server: SourceServer
let sent = 0
beforeAll(async () => {
  server = await startSource((request, response) => {
    const chunk = Buffer.alloc(65_536, 'a')
    switch (request.url) {
      case '/echo': {
        const { method, headers } = request
        const chunks: Buffer[] = []
        request.on('data', (one: Buffer) => chunks.push(one))
        return request.on('end', () =>
          response
            .writeHead(400, { 'content-type': 'application/json' })
            .end(JSON.stringify({ method, headers, body: Buffer.concat(chunks).toString() })),
        )
      }
      case '/redirect':
        return response.writeHead(302, { location: '/echo' }).end()
      case '/gigabyte': {
        response.writeHead(200)
        const pump = () => {
          while (!response.destroyed && sent < 2 ** 30) {
            sent += chunk.length
            if (!response.write(chunk)) return response.once('drain', pump)
          }
          return response.end()
        }
        return pump()
      }
      case '/announced':
        return response.writeHead(200, { 'content-length': `${2 ** 30}` }).write('a')
      case '/gzip':
        return response.writeHead(200, { 'content-encoding': 'gzip' }).end('x')
      case '/cut':
        response.writeHead(200, { 'content-length': '1000' }).write('{}')
        return setTimeout(() => response.destroy(), 20)
      case '/trickle': {
        const timer = setInterval(() => response.write('a'), 20)
        return response.on('close', () => clearInterval(timer))
      }
      default:
        return undefined
    }
  })
})
afterAll(() => server.close())

const within = (networks: string, http = 'off') =>
  guardedFetch(
    sourceRulesOf(readConfig({ SOURCE_ALLOWED_NETWORKS: networks, ALLOW_HTTP_SOURCES: http })),
    { ca: certificate, timeoutMs: 1000 },
  )
const asked = { method: 'GET', headers: { accept: 'application/json' } }
const get = (path: string) => within('127.0.0.1')(`${server.url}${path}`, asked)

describe('A document of a service', () => {
  it('is there with its status and type, whatever the status', async () => {
    const response = await within('127.0.0.1')(`${server.url}/echo`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ code: 'x y' }),
    })
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toMatchObject({
      method: 'POST',
      body: 'code=x+y',
      headers: { 'accept-encoding': 'identity', 'user-agent': 'Postern' },
    })
  })

  it('GHSA-qp4c-xg64-7c6x: is not looked for where a redirect leads', async () => {
    await expect(get('/redirect')).rejects.toMatchObject({ kind: 'failed', reason: 'redirects' })
  })

  it('CVE-2026-45796: is given up when it is larger than a mebibyte, long before a gigabyte has come', async () => {
    await expect(get('/gigabyte')).rejects.toMatchObject({ kind: 'too_large' })
    expect(sent).toBeLessThan(2 ** 28)
    await expect(get('/announced')).rejects.toMatchObject({ kind: 'too_large' })
  })

  it.each(['/gzip', '/cut'])('that is packed or cut is none: %s', async (path) => {
    await expect(get(path)).rejects.toMatchObject({ kind: 'failed' })
  })

  it.each(['/silent', '/trickle'])('is not waited for beyond its time: %s', async (path) => {
    await expect(get(path)).rejects.toMatchObject({ kind: 'too_slow' })
  })

  it('is given up when who asked gives up', async () => {
    const stop = AbortSignal.abort(new Error('stopped'))
    const stopped = within('127.0.0.1')(`${server.url}/silent`, { ...asked, signal: stop })
    await expect(stopped).rejects.toThrow('stopped')
  })
})

describe('Whoever names a service', () => {
  it.each([
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://0x7f000001/',
    'https://2130706433/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::ffff:127.0.0.1]/',
    'https://localhost/',
    'https://good.example@127.0.0.1/',
    'http://example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ])('CVE-2026-45796, GHSA-qp4c-xg64-7c6x: reaches nothing inside: %s', async (url) => {
    await expect(within('')(url, asked)).rejects.toMatchObject({ kind: 'failed' })
  })

  it('connects to nobody there', async () => {
    const before = server.connections()
    const { port } = server
    for (const host of ['127.0.0.1', 'localhost', '0x7f.1']) {
      await expect(within('')(`https://${host}:${port}/echo`, asked)).rejects.toMatchObject({
        kind: 'failed',
      })
    }
    expect(server.connections()).toBe(before)
  })
})
