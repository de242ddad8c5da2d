import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { openPage, signInTo } from '../support/console.ts'
import { eventually } from '../support/eventually.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let browser: Browser
let mail: MailServer
beforeAll(async () => {
  mail = await startMailServer()
  const settings = { SMTP_URL: mail.url, MAIL_FROM: 'Postern <postern@example.com>' }
  server = await startServer(settings, null, { withWorker: true })
  browser = await startBrowser()
}, 60_000)
afterAll(async () => {
  await browser.close()
  await server.close()
  await mail.close()
})

const next = 'wrong zebra charger paperclip'

async function ask(page: Page, email: string) {
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  // The form that is left has a field of this name, too.
  await page.getByRole('button', { name: 'Send the link' }).waitFor()
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
}

/** Requests that the worker has not looked at yet. */
async function unfinished(): Promise<number> {
  const rows = await server.database.sql(
    `SELECT 1 FROM pgboss.job WHERE name IN ('begin_password_reset', 'send_mail') AND state <> 'completed'`,
  )
  return rows.length
}

async function choose(page: Page, password: string) {
  await page.getByLabel('New password', { exact: true }).fill(password)
  await page.getByLabel('New password again').fill(password)
  await page.getByRole('button', { name: 'Set password' }).click()
}

describe('A password that was forgotten', () => {
  it('is set anew by the link of a mail, once, and other browsers are signed out', async () => {
    const person = await server.given.withPassword()
    const { page, complaints, close } = await openPage(browser, server)
    const other = await openPage(browser, server)
    await signInTo(other.page, '/settings/security', person)

    await ask(page, person.email)
    const asked = () => mail.mails.find(({ text }) => text.includes('/reset-password#token='))
    await eventually(async () => asked() !== undefined, 40_000)
    const [link = ''] = /\/reset-password#token=[\w-]{43}/.exec(asked()?.text ?? '') ?? []
    await page.goto(link)
    await page.getByRole('heading', { name: 'Set a new password' }).waitFor()
    expect(page.url()).toBe(`${server.url}/reset-password`)
    await choose(page, 'short')
    await page.getByText('must have at least 12 characters').waitFor()
    await choose(page, next)
    await page.getByText('Your password is set').waitFor()
    await signInTo(page, '/sign-in', { email: person.email, password: next })
    await page.getByRole('button', { name: person.name }).waitFor()
    await other.page.reload()
    await other.page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()

    await page.goto(link)
    await choose(page, next)
    await page.getByRole('heading', { name: 'This link is not valid' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'This link is not complete' }).waitFor()
    expect([complaints, other.complaints]).toEqual([[], []])
    await Promise.all([close(), other.close()])
  }, 60_000)

  it('says the same of an address that nobody has', async () => {
    const { page, complaints, close } = await openPage(browser, server)
    const before = mail.mails.length
    await ask(page, 'nobody@example.com')
    await eventually(async () => (await unfinished()) === 0)
    expect(mail.mails).toHaveLength(before)
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})
