import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  addTotp,
  codeOf,
  environment,
  origin,
  setPolicy,
  wrongCode,
} from '../modules/second-factors/enrolled.ts'
import { startBrowser } from '../support/browser.ts'
import { openPage, signInTo } from '../support/console.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { addAuthenticator } from '../support/virtual-authenticator.ts'
import { remainsOf } from './remains.ts'
import { hindrancesOn, overflowOf } from './scrutiny.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  server = await startServer(environment)
  browser = await startBrowser(new URL(server.url).port)
}, 60_000)
afterAll(async () => {
  await browser.close()
  await server.close()
})
afterEach(() => setPolicy(server, 'optional'))

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true })
const dialogOf = (page: Page, name: string) => page.getByRole('dialog', { name })

/** The first step: e-mail and password. */
async function begin(page: Page, { email, password }: { email: string; password: string }) {
  await page.goto('/settings/security')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await button(page, 'Sign in').click()
}

async function signOut(page: Page, name: string) {
  await button(page, name).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
}

/** Scans what is shown, as an app would by its secret, and types its code. */
async function confirmApp(page: Page): Promise<string> {
  await page.getByRole('img', { name: 'QR code' }).waitFor()
  const secret = await page.getByLabel('Secret', { exact: true }).inputValue()
  await page.getByLabel('Code from your app').fill(wrongCode(secret))
  await button(page, 'Confirm').click()
  await page.getByText('is wrong', { exact: true }).waitFor()
  await page.getByLabel('Code from your app').fill(codeOf(secret).replace(/^.../, '$& '))
  await button(page, 'Confirm').click()
  return secret
}

/** Not closed before they are kept, or one has said that one does without. */
async function keepCodes(page: Page): Promise<string[]> {
  const codes = dialogOf(page, 'Recovery codes')
  const shown = (await codes.getByLabel('Recovery codes').inputValue()).split('\n')
  await button(page, 'I have kept them').click()
  await page.getByText('You haven’t copied the codes').waitFor()
  await button(page, 'Go back and copy them').click()
  expect(await hindrancesOn(page)).toEqual([])
  const download = page.waitForEvent('download')
  await button(page, 'Download as text').click()
  expect((await download).suggestedFilename()).toBe('postern-recovery-codes.txt')
  await button(page, 'I have kept them').click()
  await codes.waitFor({ state: 'detached' })
  return shown
}

describe('A second factor', () => {
  it('is enrolled, shown at the next sign-in by app, passkey or recovery code, and removed', async () => {
    const person = await server.given.withPassword()
    const { page, complaints, close } = await openPage(browser, { url: origin })
    await addAuthenticator(page)
    await signInTo(page, '/settings/security', person)

    await button(page, 'Set up an app').click()
    const secret = await confirmApp(page)
    const codes = await keepCodes(page)
    expect(codes).toHaveLength(10)
    await page.getByText('10 codes are left.').waitFor()
    expect(await remainsOf(page)).not.toContain(secret)
    expect(await remainsOf(page)).not.toContain(codes[0])

    await button(page, 'Add a passkey').click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Work laptop')
    await dialogOf(page, 'Add a passkey').getByRole('button', { name: 'Add a passkey' }).click()
    const passkeys = page.getByRole('list', { name: 'Passkeys' })
    await passkeys.getByText('Work laptop').waitFor()
    expect(await hindrancesOn(page)).toEqual([])
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await overflowOf(page)).toBe(0)
    await page.setViewportSize({ width: 1440, height: 900 })

    await signOut(page, person.name)
    await begin(page, person)
    await page.getByText('Your password is right.', { exact: false }).waitFor()
    expect(await hindrancesOn(page)).toEqual([])
    await button(page, 'Use a code from your app instead').click()
    await page.locator('input:focus').and(page.getByLabel('Code from your app')).waitFor()
    await page.getByLabel('Code from your app').fill(wrongCode(secret))
    await button(page, 'Continue').click()
    await page.getByText('This is wrong, or comes too late').waitFor()
    // Each code is good once: the next one.
    await page.getByLabel('Code from your app').fill(codeOf(secret, 1))
    await button(page, 'Continue').click()
    await page.getByText('Password, Code of an app').waitFor()

    await signOut(page, person.name)
    await begin(page, person)
    await button(page, 'Use a recovery code instead').click()
    await page.getByLabel('Recovery code').fill(codes[0] ?? '')
    await button(page, 'Continue').click()
    await page.getByText('9 codes are left.').waitFor()

    await signOut(page, person.name)
    await begin(page, person)
    await button(page, 'Use a passkey').click()
    await page.getByText('Password, Passkey').waitFor()

    await signOut(page, person.name)
    await page.goto('/settings/security')
    await button(page, 'Use a passkey').click()
    await page.getByRole('cell', { name: 'Passkey', exact: true }).first().waitFor()

    await button(page, 'Rename Work laptop').click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Old laptop')
    await button(page, 'Save').click()
    await passkeys.getByText('Old laptop').waitFor()
    await button(page, 'Make new codes').click()
    await dialogOf(page, 'Make new recovery codes?')
      .getByRole('button', { name: 'Make new codes' })
      .click()
    expect(await keepCodes(page)).not.toContain(codes[1])
    await button(page, 'Remove Old laptop').click()
    await page.getByText('Your other factors stay.', { exact: false }).waitFor()
    await button(page, 'Remove').click()
    await passkeys.waitFor({ state: 'detached' })
    await button(page, 'Remove the authenticator app').click()
    await page.getByText('your password alone signs you in', { exact: false }).waitFor()
    await button(page, 'Remove').click()
    await button(page, 'Set up an app').waitFor()
    const { email, password } = person
    const entered = await server.call('POST', '/auth/login', { body: { email, password } })
    expect(entered.body.access_token).toEqual(expect.any(String))
    expect(complaints).toEqual([])
    await close()
  }, 120_000)

  it('that is required is enrolled before anything else, over the page that one was going to', async () => {
    const person = await server.given.withPassword()
    await setPolicy(server, 'required')
    const { page, complaints, close } = await openPage(browser, { url: origin })
    await signInTo(page, '/settings/tokens', person)
    const required = dialogOf(page, 'A second factor is required')
    await required.waitFor()
    expect(await hindrancesOn(page)).toEqual([])
    await page.keyboard.press('Escape')
    await button(page, 'Authenticator app').click()
    await button(page, 'Back').click()
    await button(page, 'Authenticator app').click()
    await confirmApp(page)
    await keepCodes(page)
    await page.getByText('You have no tokens').waitFor()
    await page.goto('/settings/security')
    await button(page, 'Remove the authenticator app').click()
    await button(page, 'Remove').click()
    await page.getByText('A second factor is required here').waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 120_000)

  it('that one has and didn’t show is asked for over the page, once it is required', async () => {
    const person = await server.given.withPassword()
    const secret = await addTotp(server, person)
    await setPolicy(server, 'off')
    const { page, complaints, close } = await openPage(browser, { url: origin })
    await signInTo(page, '/settings/security', person)
    await page.getByText('Second factors are off on this Postern', { exact: false }).waitFor()
    expect(await button(page, 'Add a passkey').count()).toBe(0)
    await setPolicy(server, 'required')

    await page.getByRole('link', { name: 'Personal Access Tokens' }).click()
    const asked = dialogOf(page, 'Show your second factor')
    await asked.getByRole('button', { name: 'Sign out instead' }).waitFor()
    await asked.getByLabel('Code from your app').fill(codeOf(secret))
    await page.keyboard.press('Enter')
    await page.getByText('You have no tokens').waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 120_000)
})
