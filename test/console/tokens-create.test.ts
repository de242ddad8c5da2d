import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { openPage, signInTo } from '../support/console.ts'
import { startServer, type TestServer } from '../support/server.ts'
import {
  clipboardOf,
  create,
  fillIn,
  nameField,
  permissionBox,
  tabTo,
  takeSecret,
} from './making-tokens.ts'
import { remainsOf } from './remains.ts'

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

/** Somebody with users.read in Acme and Beta, tenants.read in Acme, and roles.read on the platform. */
async function clerk() {
  const { given, database } = server
  const [acme, beta] = [await given.tenant(), await given.tenant()]
  const rename = 'UPDATE tenants SET name = $2 WHERE id = $1'
  await database.sql(rename, [acme.id, 'Acme'])
  await database.sql(rename, [beta.id, 'Beta'])
  const person = await given.withPassword({
    tenants: [acme.id, beta.id],
    grants: [
      { permissions: ['users.read', 'roles.read'] },
      { permissions: ['tenants.read'], tenant_id: acme.id },
    ],
  })
  return { acme, beta, person }
}

const tokensOf = (id: string) =>
  server.database.sql<{ name: string; permissions: string[]; tenants: string[]; lives: number }>(
    `SELECT name, permissions, tenants, extract(day FROM expires_at - created_at)::int AS lives
     FROM tokens WHERE owner_id = $1 AND revoked_at IS NULL`,
    [id],
  )

describe('A new token', () => {
  it('is made from sign-in to a call that works, and does what the review said', async () => {
    const { acme, beta, person } = await clerk()
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/settings/tokens', person)
    await page.getByText('0 of 3 used').waitFor()
    await page.getByRole('link', { name: 'New token' }).first().click()
    await page.getByRole('radio', { name: '30 days' }).waitFor({ state: 'attached' })
    expect(await page.getByRole('radio', { name: '30 days' }).isChecked()).toBe(true)
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0)
    expect(await permissionBox(page, 'users.create').count()).toBe(0)

    await permissionBox(page, 'tenants.read').check()
    await permissionBox(page, 'roles.read').check()
    const preview = page.getByRole('region', { name: 'What this token could call' })
    await preview.getByText('See a role').waitFor()
    expect(await preview.getByText('See a tenant').count()).toBe(0)
    await page.getByRole('checkbox', { name: 'Acme' }).check()
    await preview.getByText('See a tenant').waitFor()
    await page.getByRole('checkbox', { name: 'Acme' }).uncheck()
    await page.getByRole('checkbox', { name: 'Beta' }).check()
    // Held in Acme only: in Beta it would open nothing.
    await preview.getByText('Of no use with these tenants: tenants.read').waitFor()
    await permissionBox(page, 'tenants.read').uncheck()
    await page.getByText('7 days', { exact: true }).click()
    await fillIn(page, { name: 'Nightly', tenants: ['Acme'], permissions: ['users.read'] })

    await page.getByText(/^Until .* the token “Nightly” may/).waitFor()
    await page.getByText('… in Beta and Acme').waitFor()
    await create(page)
    const secret = await takeSecret(page)
    await page.getByRole('row', { name: /Nightly New/ }).waitFor()
    await page.getByText('1 of 3 used').waitFor()

    expect(await tokensOf(person.id)).toEqual([
      {
        name: 'Nightly',
        permissions: ['roles.read', 'users.read'],
        tenants: [acme.id, beta.id].sort(),
        lives: 7,
      },
    ])
    const { status, body } = await server.call('GET', '/me', { as: secret })
    expect(status).toBe(200)
    expect(body.credential.name).toBe('Nightly')
    expect((await server.call('GET', `/tenants/${acme.id}`, { as: secret })).status).not.toBe(200)
    expect((await server.call('GET', '/users', { as: secret })).status).toBe(200)
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('shows its secret once, asks before it is lost, and leaves it nowhere', async () => {
    const { person } = await clerk()
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/settings/tokens', person)
    await page.getByRole('link', { name: 'New token' }).first().click()
    await fillIn(page, { name: 'Once', permissions: ['roles.read'] })
    await create(page)
    const dialog = page.getByRole('dialog', { name: 'Your new token' })
    const field = dialog.getByLabel('Token “Once”')
    const secret = await field.inputValue()
    expect(secret).toMatch(/^postern_pat_[0-9A-Za-z]{49}$/)
    expect(await remainsOf(page)).toContain(secret)
    expect(await dialog.getByLabel(/^Command/).inputValue()).toBe(
      `curl -H "Authorization: Bearer ${secret}" ${server.url}/api/v1/me`,
    )

    await page.keyboard.press('Escape')
    await page.mouse.click(5, 5)
    await page.goBack()
    await dialog.getByText('You haven’t copied the token').waitFor()
    await dialog.getByRole('button', { name: 'Go back and copy it' }).and(focused(page)).waitFor()
    await page.keyboard.press('Enter')
    await dialog.getByRole('button', { name: 'Copy token' }).and(focused(page)).waitFor()
    expect(await field.inputValue()).toBe(secret)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Download as .env' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('postern.env')
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('row', { name: /Once New/ }).waitFor()

    expect(await remainsOf(page)).not.toContain(secret)
    expect((await server.call('GET', '/me', { as: secret })).status).toBe(200)
    await page.goBack()
    await page.goForward()
    await page.getByRole('link', { name: 'Once' }).click()
    await page.getByRole('heading', { name: 'What it may do' }).waitFor()
    expect(await remainsOf(page)).not.toContain(secret)
    await page.reload()
    await page.getByRole('heading', { name: 'What it may do' }).waitFor()
    expect(await remainsOf(page)).not.toContain(secret)
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('closes without having been copied only when asked twice', async () => {
    const { person } = await clerk()
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/settings/tokens/new', person)
    await fillIn(page, { name: 'Lost', permissions: ['roles.read'] })
    await create(page)
    const secret = await page.getByLabel('Token “Lost”').inputValue()
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('button', { name: 'Close without copying' }).click()
    await page.getByRole('row', { name: /Lost New/ }).waitFor()
    expect(await remainsOf(page)).not.toContain(secret)
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('is made with the keyboard alone, from the sign-in to the copied token', async () => {
    const { acme, person } = await clerk()
    const { page, complaints, close } = await openPage(browser, server)
    const { keyboard } = page
    await page.goto('/settings/tokens')
    await tabTo(page, page.getByLabel('E-mail address'))
    await keyboard.type(person.email)
    await keyboard.press('Tab')
    await keyboard.type(person.password)
    await keyboard.press('Enter')
    await tabTo(page, page.getByRole('link', { name: 'New token' }).first())
    await keyboard.press('Enter')
    await tabTo(page, nameField(page))
    await keyboard.type('By hand')
    await tabTo(page, page.getByRole('radio', { name: '30 days' }))
    await keyboard.press('ArrowRight')
    expect(await page.getByRole('radio', { name: '60 days' }).isChecked()).toBe(true)
    await tabTo(page, page.getByRole('checkbox', { name: 'Acme' }))
    await keyboard.press('Space')
    await tabTo(page, permissionBox(page, 'users.read'))
    await keyboard.press('Space')
    await tabTo(page, page.getByRole('button', { name: 'Review' }))
    await keyboard.press('Enter')
    await tabTo(page, page.getByRole('button', { name: 'Create token' }))
    await keyboard.press('Enter')
    await tabTo(page, page.getByRole('button', { name: 'Copy token' }))
    await keyboard.press('Enter')
    await page.getByText('Copied').waitFor()
    await tabTo(page, page.getByRole('button', { name: 'Done' }))
    await keyboard.press('Enter')
    await page.getByRole('row', { name: /By hand New/ }).waitFor()

    const secret = await clipboardOf(page)
    expect((await server.call('GET', '/me', { as: secret })).body.credential.name).toBe('By hand')
    expect(await tokensOf(person.id)).toEqual([
      { name: 'By hand', permissions: ['users.read'], tenants: [acme.id], lives: 60 },
    ])
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})

const focused = (page: Page) => page.locator(':focus')
