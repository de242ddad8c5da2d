import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

const isSignedIn = (page: Page, name: string) => page.getByRole('button', { name }).waitFor()
const isSignedOut = (page: Page) =>
  page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()

describe('Signing in', () => {
  it('leads to where one was going, and stays through a reload', async () => {
    const person = await server.given.withPassword()
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/settings/security?x=1', person)
    expect(page.url()).toBe(`${server.url}/settings/security?x=1`)
    await page.reload()
    await isSignedIn(page, person.name)
    expect(page.url()).toBe(`${server.url}/settings/security?x=1`)
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('says what was wrong in the server’s words, with the id to quote, and lets one try again', async () => {
    const person = await server.given.withPassword()
    const { page, complaints, close } = await openPage(browser, server)
    await page.goto('/')
    await page.getByLabel('E-mail address').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill('not it')
    await page.getByLabel('Password', { exact: true }).press('Enter')
    const alert = page.getByRole('alert')
    await alert.getByText('The e-mail address or the password is wrong').waitFor()
    const id = await alert.locator('code').innerText()
    expect(server.logs.some((line) => line.includes(`"correlation_id":"${id}"`))).toBe(true)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByLabel('Password', { exact: true }).press('Enter')
    await isSignedIn(page, person.name)
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it.each([
    '//evil.example/',
    '/\\evil.example',
    '/\t/',
    '/.//evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
  ])(
    'never leads to %s',
    async (from) => {
      const person = await server.given.withPassword()
      const { page, complaints, close } = await openPage(browser, server)
      await signInTo(page, `/sign-in?from=${encodeURIComponent(from)}`, person)
      expect(page.url()).toBe(`${server.url}/settings/tokens`)
      expect(complaints).toEqual([])
      await close()
    },
    60_000,
  )
})

describe('A session', () => {
  it('is shared by tabs that renew it all at the same moment', async () => {
    const person = await server.given.withPassword()
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/', person)
    const others = await Promise.all(Array.from({ length: 4 }, () => page.context().newPage()))
    await Promise.all(others.map((other) => other.goto(server.url)))
    const all = [page, ...others]
    await Promise.all(all.map((one) => one.reload()))
    await Promise.all(all.map((one) => isSignedIn(one, person.name)))
    const ended = await server.database.sql(
      'SELECT FROM sessions WHERE user_id = $1 AND ended_at IS NOT NULL',
      [person.id],
    )
    expect(ended).toEqual([])
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('that is signed out of is over in every tab, on the server and behind the back button', async () => {
    const person = await server.given.withPassword()
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/', person)
    const other = await page.context().newPage()
    await other.goto(`${server.url}/permissions`)
    await isSignedIn(other, person.name)
    await page.getByRole('link', { name: 'Password and sessions' }).click()
    await page.getByRole('button', { name: person.name }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await isSignedOut(page)
    await isSignedOut(other)
    await page.goBack()
    await isSignedOut(page)
    expect(await page.context().cookies()).toEqual([])
    const open = await server.database.sql<{ id: string }>(
      'SELECT id FROM sessions WHERE user_id = $1 AND ended_at IS NULL',
      [person.id],
    )
    expect(open.map(({ id }) => id)).toEqual([person.session_id])
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('of somebody else, begun in another tab, is not shown as one’s own', async () => {
    const [ada, bob] = [
      await server.given.withPassword(),
      await server.given.withPassword({ name: 'Bob' }),
    ]
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/', ada)
    const other = await page.context().newPage()
    await page.context().clearCookies()
    await signInTo(other, '/permissions', bob)
    // Not reloaded by hand: it begins anew by itself.
    await isSignedIn(page, 'Bob')
    await page.getByRole('button', { name: ada.name }).waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})
