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

const next = 'wrong zebra charger paperclip'

async function changePassword(page: Page, current: string, chosen: string, again = chosen) {
  await page.getByLabel('Current password').fill(current)
  await page.getByLabel('New password', { exact: true }).fill(chosen)
  await page.getByLabel('New password again').fill(again)
  await page.getByRole('button', { name: 'Change password' }).click()
}

describe('Changing one’s password', () => {
  it('says at the field what is wrong; then ends the other sessions, and the new one signs in', async () => {
    const person = await server.given.withPassword()
    const { page, complaints, close } = await openPage(browser, server)
    const other = await openPage(browser, server)
    await signInTo(other.page, '/settings/security', person)
    await signInTo(page, '/settings/security', person)
    await page.getByText('At least 12 characters', { exact: false }).waitFor()

    await changePassword(page, person.password, 'short')
    await page.getByText('must have at least 12 characters').waitFor()
    await changePassword(page, 'not my password', next)
    await page.getByText('is wrong', { exact: true }).waitFor()
    await page.locator('input:focus').and(page.getByLabel('Current password')).waitFor()
    await changePassword(page, person.password, next, 'wrong zebra charger paperclips')
    await page.getByText('This is not what you typed above.').waitFor()
    expect((await signInBy(person.email, next)).status).toBe(401)

    await changePassword(page, person.password, next)
    await page.getByText('Your password has been changed').waitFor()
    expect(await page.getByLabel('Current password').inputValue()).toBe('')
    expect((await signInBy(person.email, person.password)).status).toBe(401)

    await other.page.reload()
    await other.page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await signInTo(other.page, '/settings/security', { ...person, password: next })
    expect([complaints, other.complaints]).toEqual([[], []])
    await Promise.all([close(), other.close()])
  }, 60_000)
})

describe('One’s sessions', () => {
  it('are listed with which one this is; one that is ended is over there at once', async () => {
    const person = await server.given.withPassword()
    const { page, complaints, close } = await openPage(browser, server)
    const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
    const other = await openPage(browser, server, { userAgent })
    await signInTo(other.page, '/settings/security', person)
    await signInTo(page, '/settings/security', person)

    const rows = page.getByRole('table', { name: 'Sessions' }).getByRole('row')
    const own = rows.filter({ hasText: 'This session' })
    await own.getByText('Chrome on Linux').waitFor()
    expect(await own.getByRole('button').count()).toBe(0)
    await page.getByRole('button', { name: 'End session of Firefox on Linux' }).click()
    const dialog = page.getByRole('dialog', { name: 'End this session?' })
    await dialog.getByText('Firefox on Linux').waitFor()
    await dialog.getByRole('button', { name: 'End session' }).click()
    await page.getByText('The session has ended').waitFor()
    await rows.filter({ hasText: 'Firefox on Linux' }).waitFor({ state: 'detached' })

    await other.page.getByRole('button', { name: 'Change password' }).waitFor()
    await changePassword(other.page, person.password, next)
    await other.page.getByRole('dialog', { name: 'Your session has ended' }).waitFor()
    expect((await signInBy(person.email, person.password)).status).toBe(200)
    expect([complaints, other.complaints]).toEqual([[], []])
    await Promise.all([close(), other.close()])
  }, 60_000)
})

describe('An invitation', () => {
  it('is accepted once, with a password of one’s own, and leaves no trace in the address', async () => {
    const admin = await server.given.admin()
    const email = 'grace@example.com'
    const body = { email, name: 'Grace Hopper', tenants: [] }
    const invited = await server.call('POST', '/users', { as: admin.as, body })
    const link = new URL(invited.body.invitation_url)
    const { page, complaints, close } = await openPage(browser, server)

    await page.goto(link.pathname + link.hash)
    await page.getByRole('heading', { name: 'Welcome to Postern' }).waitFor()
    expect(page.url()).toBe(`${server.url}/accept-invitation`)
    await choose(page, 'short')
    await page.getByText('must have at least 12 characters').waitFor()
    await choose(page, next)
    await page.getByText('Your password is set').waitFor()
    await signInTo(page, '/sign-in', { email, password: next })
    await page.getByRole('button', { name: 'Grace Hopper' }).waitFor()

    await page.goto(link.pathname + link.hash)
    await choose(page, next)
    await page.getByRole('heading', { name: 'This invitation is not valid' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'This link is not complete' }).waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('that has expired says so', async () => {
    const { given, call, database } = server
    const body = { email: 'late@example.com', name: 'Late', tenants: [] }
    const invited = await call('POST', '/users', { as: (await given.admin()).as, body })
    await database.sql(
      "UPDATE invitations SET expires_at = now() - interval '1 second' WHERE user_id = $1",
      [invited.body.id],
    )
    const link = new URL(invited.body.invitation_url)
    const { page, complaints, close } = await openPage(browser, server)

    await page.goto(link.pathname + link.hash)
    await choose(page, next)
    await page.getByText('The link has expired, or has been used already').waitFor()
    expect((await signInBy('late@example.com', next)).status).toBe(401)
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})

const signInBy = (email: string, password: string) =>
  server.call('POST', '/auth/login', { body: { email, password } })

async function choose(page: Page, password: string) {
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByLabel('Password again').fill(password)
  await page.getByRole('button', { name: 'Set password' }).click()
}
