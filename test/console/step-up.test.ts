import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addTotp, age, codeOf, environment, origin } from '../modules/second-factors/enrolled.ts'
import { startBrowser } from '../support/browser.ts'
import { openPage, signInTo } from '../support/console.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { addAuthenticator } from '../support/virtual-authenticator.ts'
import { create, fillIn, nameField, review, takeSecret } from './making-tokens.ts'
import { hindrancesOn } from './scrutiny.ts'

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

const isItYou = (page: Page) => page.getByRole('dialog', { name: 'Is it you?' })

/** Lets an hour pass since this person was last shown to be who they are. */
async function grow(id: string): Promise<void> {
  const rows = await server.database.sql<{ id: string }>(
    'SELECT id FROM sessions WHERE user_id = $1',
    [id],
  )
  for (const session of rows) await age(server, session.id, 60)
}

const tokensOf = (id: string) =>
  server.database.sql<{ name: string }>('SELECT name FROM tokens WHERE owner_id = $1', [id])

describe('What needs a fresh sign-in', () => {
  it('asks in place and goes on with what was typed; declined, it leaves the form as it was', async () => {
    const person = await server.given.withPassword({
      tenants: ['any'],
      grants: [{ permissions: ['roles.read'] }],
    })
    const { page, complaints, close } = await openPage(browser, { url: origin })
    await addAuthenticator(page)
    await signInTo(page, '/settings/tokens/new', person)
    await fillIn(page, { name: 'Nightly', permissions: ['roles.read'] })
    await grow(person.id)

    await create(page)
    await isItYou(page).waitFor()
    expect(await hindrancesOn(page)).toEqual([])
    await page.keyboard.press('Escape')
    await isItYou(page).getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('You haven’t shown that it is you, so nothing was done.').waitFor()
    expect(await tokensOf(person.id)).toEqual([])

    expect(await nameField(page).inputValue()).toBe('Nightly')
    await review(page)
    await create(page)
    await isItYou(page).getByLabel('Password', { exact: true }).fill('not it')
    await page.keyboard.press('Enter')
    await isItYou(page).getByText('is wrong', { exact: true }).waitFor()
    await page
      .locator('input:focus')
      .and(page.getByLabel('Password', { exact: true }))
      .waitFor()
    await page.keyboard.type(person.password)
    await page.keyboard.press('Enter')
    expect(await takeSecret(page)).toMatch(/^postern_pat_/)
    expect(await tokensOf(person.id)).toEqual([{ name: 'Nightly' }])

    // Over a dialog with something typed in it, and by a passkey, which is asked for first.
    await page.getByRole('link', { name: 'Password and sessions' }).click()
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    const passkey = page.getByRole('dialog', { name: 'Add a passkey' })
    await passkey.getByRole('textbox', { name: 'Name' }).fill('Laptop')
    await grow(person.id)
    await passkey.getByRole('button', { name: 'Add a passkey' }).click()
    await isItYou(page).getByLabel('Password', { exact: true }).fill(person.password)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Download as text' }).click()
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByRole('list', { name: 'Passkeys' }).getByText('Laptop').waitFor()

    await grow(person.id)
    await page.getByRole('button', { name: 'Rename Laptop' }).click()
    const rename = page.getByRole('dialog', { name: 'Rename passkey' })
    await rename.getByRole('textbox', { name: 'Name' }).fill('Old laptop')
    await page.keyboard.press('Enter')
    await isItYou(page).waitFor()
    expect(await isItYou(page).getByLabel('Password', { exact: true }).count()).toBe(0)
    await page.keyboard.press('Escape')
    await isItYou(page).getByRole('button', { name: 'Use a passkey' }).click()
    await page.getByRole('list', { name: 'Passkeys' }).getByText('Old laptop').waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 120_000)

  it('asks for a code of the app where there is one, for a request of the page itself, too', async () => {
    const admin = await server.given.withPassword({ tenants: ['any'], grants: [{ role: 'admin' }] })
    const secret = await addTotp(server, admin)
    const { page, complaints, close } = await openPage(browser, { url: origin })
    const settings = `${origin}/system/settings`
    await page.goto(settings)
    await page.getByLabel('E-mail address').fill(admin.email)
    await page.getByLabel('Password', { exact: true }).fill(admin.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByLabel('Code from your app').fill(codeOf(secret))
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('radio', { name: /^Required/ }).check()
    await grow(admin.id)
    await page.getByRole('button', { name: 'Review changes' }).click()
    await isItYou(page).getByLabel('Code from your app').fill(codeOf(secret, 1))
    await page.keyboard.press('Enter')
    const review = page.getByRole('dialog', { name: 'Save these settings?' })
    await review.getByRole('row', { name: /Second factor Optional.*Required/ }).waitFor()
    await review.getByRole('button', { name: 'Save settings' }).click()
    await page.getByText('Settings saved').waitFor()
    const { body } = await server.call('GET', '/settings', { as: admin.as })
    expect(body).toMatchObject({ second_factor: 'required', step_up_minutes: 15 })
    expect(complaints).toEqual([])
    await close()
  }, 120_000)
})
