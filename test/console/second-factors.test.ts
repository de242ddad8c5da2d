import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../scripts/processes/free-port.ts'
import { age, codeOf, forgetSteps, setPolicy } from '../modules/second-factors/enrolled.ts'
import { startBrowser } from '../support/browser.ts'
import { openPage, signInTo } from '../support/console.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { giveDevice } from '../support/virtual-authenticator.ts'
import { create, fillIn, takeSecret } from './making-tokens.ts'

let server: TestServer
let browser: Browser
/** Passkeys belong to the name of a host, never to an address. */
let url: string
beforeAll(async () => {
  const PORT = String(await freePort())
  url = `http://localhost:${PORT}`
  server = await startServer({ PORT, PUBLIC_URL: url })
  browser = await startBrowser()
}, 60_000)
afterAll(async () => {
  await browser.close()
  await server.close()
})

type Person = Awaited<ReturnType<TestServer['given']['withPassword']>>

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const isSignedIn = (page: Page, { name }: Person) => page.getByRole('button', { name }).waitFor()

async function signOut(page: Page, person: Person) {
  await page.getByRole('button', { name: person.name }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
}

/** The first step, by which somebody with a second factor is not signed in yet. */
async function typePassword(page: Page, { email, password }: Person) {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await button(page, 'Sign in').click()
  await page.getByText('One more step shows that it is you').waitFor()
}

async function setUpApp(page: Page): Promise<string> {
  await button(page, 'Set up an app').click()
  const dialog = page.getByRole('dialog', { name: 'Set up an app' })
  await dialog.getByRole('img', { name: 'QR code of the secret' }).waitFor()
  const secret = await dialog.getByLabel('Secret', { exact: true }).inputValue()
  await dialog.getByLabel('Code that the app shows now').fill(codeOf(secret))
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await page.getByText('Codes from your app are asked for from now on').waitFor()
  return secret
}

async function takeRecoveryCodes(page: Page): Promise<string[]> {
  await button(page, 'Get recovery codes').click()
  const dialog = page.getByRole('dialog', { name: 'Your recovery codes' })
  const codes = await dialog.getByLabel('Recovery codes').inputValue()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await dialog.getByText('You haven’t copied the codes').waitFor()
  await dialog.getByRole('button', { name: 'Go back and copy them' }).click()
  await dialog.getByRole('button', { name: 'Copy codes' }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await dialog.waitFor({ state: 'detached' })
  return codes.split('\n')
}

async function addPasskey(page: Page, name: string) {
  await button(page, 'Add a passkey').click()
  const dialog = page.getByRole('dialog', { name: 'Add a passkey' })
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('The passkey has been added').waitFor()
}

describe('An app that makes codes', () => {
  it('is set up, asked for at the next sign-in, gone around by a recovery code, and removed', async () => {
    const person = await server.given.withPassword()
    const { page, complaints, close } = await openPage(browser, { url })
    await signInTo(page, '/settings/security', person)
    const secret = await setUpApp(page)
    const [recovery = '', ...others] = await takeRecoveryCodes(page)
    expect(others).toHaveLength(9)
    await page.getByText('10 codes are left.').waitFor()
    await signOut(page, person)

    await forgetSteps(server, person.id)
    await page.goto('/settings/security')
    await typePassword(page, person)
    await page.getByLabel('Code from your app').fill('000 000')
    await button(page, 'Sign in').click()
    await page.getByRole('alert').getByText('This is wrong, or comes too late').waitFor()
    await page.getByLabel('Code from your app').fill(codeOf(secret))
    await button(page, 'Sign in').click()
    await isSignedIn(page, person)
    expect(page.url()).toBe(`${url}/settings/security`)
    await signOut(page, person)

    await page.goto('/settings/security')
    await typePassword(page, person)
    await button(page, 'Use a recovery code instead').click()
    await page.getByLabel('Recovery code').fill(recovery.toUpperCase())
    await button(page, 'Sign in').click()
    await page.getByText('9 codes are left.').waitFor()

    await button(page, 'Remove the app').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove the app' }).click()
    await page.getByText('There are none without a passkey or an app').waitFor()
    const left = await server.database.sql('SELECT FROM recovery_codes WHERE user_id = $1', [
      person.id,
    ])
    expect(left).toEqual([])
    expect(complaints).toEqual([])
    await close()
  }, 90_000)
})

describe('A passkey', () => {
  it('is added and renamed, signs in alone, ends a sign-in that a password began, and is deleted', async () => {
    const person = await server.given.withPassword()
    const { page, complaints, close } = await openPage(browser, { url })
    await giveDevice(page)
    await signInTo(page, '/settings/security', person)
    await addPasskey(page, 'Laptop')
    await button(page, 'Rename Laptop').click()
    const dialog = page.getByRole('dialog', { name: 'Rename passkey' })
    await dialog.getByLabel('Name').fill('Old laptop')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Old laptop', { exact: true }).waitFor()
    await signOut(page, person)

    await page.goto('/settings/security')
    await button(page, 'Use a passkey').click()
    await isSignedIn(page, person)
    await signOut(page, person)

    await page.goto('/settings/security')
    await typePassword(page, person)
    await button(page, 'Use a passkey').click()
    await isSignedIn(page, person)

    await button(page, 'Delete Old laptop').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('You have none.').waitFor()
    expect(
      await server.database.sql('SELECT FROM passkeys WHERE user_id = $1', [person.id]),
    ).toEqual([])
    expect(complaints).toEqual([])
    await close()
  }, 90_000)

  it('that a device does not have is said to be missing, and nobody is signed in', async () => {
    const { page, complaints, close } = await openPage(browser, { url })
    await giveDevice(page)
    await page.goto('/sign-in')
    await button(page, 'Use a passkey').click()
    await page.getByRole('alert').getByText('No passkey was used').waitFor()
    expect(await page.context().cookies()).toEqual([])
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})

const sessionsOf = ({ id }: Person) =>
  server.database.sql<{ id: string }>('SELECT id FROM sessions WHERE user_id = $1', [id])

async function ageAll(person: Person) {
  for (const { id } of await sessionsOf(person)) await age(server, id, 16)
}

describe('Where a sign-in is too old for what one does', () => {
  it('the page asks for the password in place, and makes the token that waited', async () => {
    const person = await server.given.withPassword({ grants: [{ permissions: ['roles.read'] }] })
    const { page, complaints, close } = await openPage(browser, { url })
    await signInTo(page, '/settings/tokens/new', person)
    await fillIn(page, { name: 'Waited', permissions: ['roles.read'] })
    await ageAll(person)
    await create(page)

    const dialog = page.getByRole('dialog', { name: 'Show that it is you' })
    await dialog.getByLabel('Password', { exact: true }).fill('not it at all')
    await dialog.getByRole('button', { name: 'Confirm' }).click()
    await dialog.getByRole('alert').getByText('This does not show that it is you').waitFor()
    const made = () => server.database.sql('SELECT FROM tokens WHERE owner_id = $1', [person.id])
    expect(await made()).toEqual([])
    await page.keyboard.press('Escape')
    await dialog.getByLabel('Password', { exact: true }).fill(person.password)
    await dialog.getByRole('button', { name: 'Confirm' }).click()

    const as = await takeSecret(page)
    expect((await server.call('GET', '/me', { as })).body.credential.name).toBe('Waited')
    expect(await made()).toHaveLength(1)
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('who would rather not is told why nothing was done, and what was typed stays', async () => {
    const person = await server.given.withPassword({ grants: [{ permissions: ['roles.read'] }] })
    const { page, complaints, close } = await openPage(browser, { url })
    await signInTo(page, '/settings/tokens/new', person)
    await fillIn(page, { name: 'Left', permissions: ['roles.read'] })
    await ageAll(person)
    await create(page)
    const dialog = page.getByRole('dialog', { name: 'Show that it is you' })
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('alert').getByText('Show that it is you, and send this again').waitFor()
    const made = await server.database.sql('SELECT FROM tokens WHERE owner_id = $1', [person.id])
    expect(made).toEqual([])
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('who has a second factor shows that one', async () => {
    const person = await server.given.withPassword({ grants: [{ permissions: ['roles.read'] }] })
    const { page, complaints, close } = await openPage(browser, { url })
    await giveDevice(page)
    await signInTo(page, '/settings/security', person)
    const secret = await setUpApp(page)
    await addPasskey(page, 'Laptop')
    await forgetSteps(server, person.id)
    await ageAll(person)
    await button(page, 'Change the app').click()
    const dialog = page.getByRole('dialog', { name: 'Show that it is you' })
    await dialog.getByRole('button', { name: 'Use a code from your app instead' }).click()
    expect(await dialog.getByRole('button', { name: 'Use your password' }).count()).toBe(0)
    await dialog.getByLabel('Code from your app').fill(codeOf(secret))
    await dialog.getByRole('button', { name: 'Confirm' }).click()
    await page.getByRole('img', { name: 'QR code of the secret' }).waitFor()

    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await ageAll(person)
    await button(page, 'Change the app').click()
    await dialog.getByRole('button', { name: 'Use a passkey' }).click()
    await page.getByRole('img', { name: 'QR code of the secret' }).waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 90_000)
})

describe('A session that has ended', () => {
  it('is begun anew over the page by password and code', async () => {
    const person = await server.given.withPassword()
    const { page, complaints, close } = await openPage(browser, { url })
    await signInTo(page, '/settings/security', person)
    const secret = await setUpApp(page)
    await forgetSteps(server, person.id)
    await server.database.sql('UPDATE sessions SET ended_at = now() WHERE user_id = $1', [
      person.id,
    ])
    await page.getByRole('link', { name: 'Personal Access Tokens' }).click()
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
    await dialog.getByLabel('Password', { exact: true }).fill(person.password)
    await dialog.getByRole('button', { name: 'Sign in' }).click()
    await dialog.getByLabel('Code from your app').fill(codeOf(secret))
    await dialog.getByRole('button', { name: 'Sign in' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('heading', { level: 1, name: 'Personal Access Tokens' }).waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})

describe('Where the platform requires a second factor', () => {
  it('who has none sets one up before anything else, and goes on to where they were going', async () => {
    const person = await server.given.withPassword()
    await setPolicy(server, 'required')
    const { page, complaints, close } = await openPage(browser, { url })
    await signInTo(page, '/settings/tokens', person)
    const heading = page.getByRole('heading', { level: 1, name: 'Set up a second factor' })
    await heading.waitFor()
    await page.getByRole('link', { name: 'Permissions' }).click()
    await heading.waitFor()
    expect(await button(page, 'Go on').count()).toBe(0)

    await setUpApp(page)
    await takeRecoveryCodes(page)
    await button(page, 'Go on').click()
    await page.getByRole('heading', { level: 1, name: 'Permissions' }).waitFor()
    await setPolicy(server, 'optional')
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})
