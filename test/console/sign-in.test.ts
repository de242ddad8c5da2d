import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { startBrowser } from '../support/browser.ts'
import { openPage, signInTo } from '../support/console.ts'
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

describe('Signing in', () => {
  it('leads to where one was going, and stays through a reload', async () => {
    const person = await server.given.withPassword()
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/settings/security?x=1', person)
    expect(new URL(page.url()).pathname).toBe('/settings/security')
    await page.reload()
    await page.getByRole('button', { name: person.name }).waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})
