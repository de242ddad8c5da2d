import { readdirSync, readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveConsole } from '../../src/http/console.ts'
import { startServer, type TestServer } from '../support/server.ts'

const folder = join(import.meta.dirname, '../../console')
const assets = readdirSync(join(folder, 'dist/assets'))
const script = assets.find((name) => /^index-.*\.js$/.test(name)) ?? ''

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}${path}`, { headers })

/** As it is written: fetch would tidy the path first. */
const rawStatus = (path: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    request(server.url, { path }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
      .on('error', reject)
      .end()
  })

describe('The console', () => {
  it('answers every page of it with the shell, which nobody keeps', async () => {
    const paths = ['/', '/sign-in', '/accept-invitation']
    for await (const file of glob('src/pages/**/routes.ts', { cwd: folder })) {
      const source = readFileSync(join(folder, file), 'utf8')
      for (const [, path] of source.matchAll(/path: '([^']+)'/g)) paths.push(path ?? '')
    }
    for (const path of paths) {
      const answer = await get(path.replaceAll(/:\w+/g, '0193b4b2-6d3e-7c51-9f0a-2f4de1a77c11'))
      expect([path, answer.status]).toEqual([path, 200])
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(await answer.text()).toContain('<div id="root">')
    }
  })

  it('lets only its own scripts run, and styles with the nonce of this one answer', async () => {
    const nonces = new Set<string>()
    for (const path of ['/', '/', '/users']) {
      const answer = await get(path)
      const policy = answer.headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'; script-src 'self';")
      expect(policy).not.toMatch(/unsafe|https?:|\*/)
      const nonce = /style-src 'self' 'nonce-([A-Za-z0-9+/]{24})'/.exec(policy)?.[1] ?? ''
      expect(nonce).not.toBe('')
      nonces.add(nonce)
      const html = await answer.text()
      expect(html).toContain(`<meta property="csp-nonce" nonce="${nonce}">`)
      expect(html).not.toContain('__CSP_NONCE__')
      expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/)
    }
    expect(nonces.size).toBe(3)
  })

  it('sends files that never change to be kept for good, compressed beforehand', async () => {
    for (const encoding of ['br', 'gzip', 'identity']) {
      const answer = await get(`/assets/${script}`, { 'accept-encoding': encoding })
      expect(answer.status).toBe(200)
      const expected = encoding === 'identity' ? null : encoding
      expect(answer.headers.get('content-encoding')).toBe(expected)
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      const plain = readFileSync(join(folder, 'dist/assets', script), 'utf8')
      expect(await answer.text()).toBe(plain)
    }
  })

  it.each([
    '/assets/none.js',
    `/assets/${script}.br`,
    '/index.html',
    '/.built-of',
    '/unknown',
    '/assets/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/%2e%2e/package.json',
  ])('answers 404 for %s', async (path) => {
    expect(await rawStatus(path)).toBe(404)
  })

  it('is left out where it has not been built, and everything else goes on', async () => {
    const lines: string[] = []
    const app = Fastify({ logger: { stream: { write: (line: string) => lines.push(line) } } })
    await app.register(serveConsole, { root: '/nowhere', randomBytes: () => Buffer.alloc(18) })
    app.get('/api', async () => 'still here')
    expect((await app.inject('/api')).body).toBe('still here')
    expect((await app.inject('/')).statusCode).toBe(404)
    expect(lines.join()).toContain('the console has not been built')
    await app.close()
  })
})
