import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { startServer, type TestServer } from '../support/server.ts'

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

describe('GET /docs', () => {
  it('calls the API with a token, asks no other host for anything and breaks no policy', async () => {
    const admin = await server.given.admin()
    const token = await server.given.token(admin.id, { name: 'docs reader' })
    const page = await browser.newPage()
    const foreign: string[] = []
    const complaints: string[] = []
    page.on('request', (request) => {
      const ours = request.url().startsWith(server.url) || request.url().startsWith('data:')
      if (!ours) foreign.push(request.url())
    })
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })

    await page.goto(`${server.url}/docs`)
    await page.getByRole('button', { name: 'Authorize' }).first().click()
    await page.locator('.auth-container input').fill(token.as)
    await page.locator('.auth-btn-wrapper button[type=submit]').click()
    await page.locator('.auth-btn-wrapper .btn-done').click()
    const operation = page.locator('#operations-me-getMe')
    await operation.locator('.opblock-summary-control').click()
    await operation.getByRole('button', { name: 'Execute' }).click()
    await operation
      .locator('.live-responses-table .highlight-code', { hasText: 'docs reader' })
      .waitFor()

    expect(foreign).toEqual([])
    expect(complaints).toEqual([])
    await page.close()
  }, 60_000)
})
