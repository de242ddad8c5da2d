import type { Browser, Page, Response } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { openPage, signInTo } from '../support/console.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { settled } from './scrutiny.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  server = await startServer()
  browser = await startBrowser()
}, 60_000)
afterAll(async () => {
  await browser.close()
  await server.close()
})

const mostBytes = 200_000

/** Opens an address with nothing in the cache: what came over the wire for it. */
async function coldLoad(page: Page, path: string): Promise<Response[]> {
  const wire = await page.context().newCDPSession(page)
  await wire.send('Network.enable')
  await wire.send('Network.clearBrowserCache')
  const responses: Response[] = []
  page.on('response', (response) => responses.push(response))
  await page.goto(path)
  await settled(page)
  return responses
}

/** As it came over the wire: compressed. */
const bytesOf = async (response: Response) => (await response.request().sizes()).responseBodySize

describe('The first load', () => {
  it.each([
    ['/settings/tokens', 'signed in'],
    ['/sign-in', 'signed out'],
  ])(
    'of %s, %s, takes at most 200 kB of JavaScript, kept for ever, and a shell that is not',
    async (path, who) => {
      const { page, complaints, close } = await openPage(browser, server)
      if (who === 'signed in') await signInTo(page, path, await server.given.withPassword())
      const responses = await coldLoad(page, path)
      const assets = responses.filter((response) => response.url().includes('/assets/'))
      const scripts = assets.filter((response) => response.url().endsWith('.js'))
      const sizes = await Promise.all(scripts.map(bytesOf))
      expect(scripts.length).toBeGreaterThan(0)
      expect(Math.min(...sizes)).toBeGreaterThan(0)
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(mostBytes)
      for (const response of scripts) {
        expect(await response.headerValue('content-encoding')).toMatch(/^(br|gzip)$/)
      }
      for (const response of assets) {
        expect(await response.headerValue('cache-control')).toBe(
          'public, max-age=31536000, immutable',
        )
      }
      const shell = responses.find((response) => new URL(response.url()).pathname === path)
      expect(await shell?.headerValue('cache-control')).toBe('no-store')
      expect(responses.filter((response) => !response.url().startsWith(server.url))).toEqual([])
      expect(complaints).toEqual([])
      await close()
    },
  )
})
