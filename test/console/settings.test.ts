import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { openPage, signInTo } from '../support/console.ts'
import { eventually } from '../support/eventually.ts'
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

const dayMs = 86_400_000

describe('Settings', () => {
  it('are saved once one has read what changes and how many live tokens are beyond it', async () => {
    const admin = await server.given.withPassword({ tenants: ['any'], grants: [{ role: 'admin' }] })
    await server.given.token(admin.id, { expires_at: new Date(Date.now() + 300 * dayMs) })
    await server.given.token(admin.id)
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/system/settings', admin)
    const maximum = page.getByLabel('Maximum lifetime of a token (days)')
    await maximum.fill('20')
    await page.getByRole('button', { name: 'Review changes' }).click()
    await page.getByText('must not be less than default_token_lifetime_days, which is 30').waitFor()

    await maximum.fill('90')
    await page.getByRole('button', { name: 'Review changes' }).click()
    const dialog = page.getByRole('dialog')
    await dialog
      .getByRole('row', { name: /Maximum lifetime of a token No maximum 90 days/ })
      .waitFor()
    await dialog.getByText('2 live tokens could not be made under these settings').waitFor()
    await dialog.getByText('1 lives longer than allowed').waitFor()
    await dialog.getByText('1 never expires').waitFor()
    const settings = async () => (await server.call('GET', '/settings', { as: admin.as })).body
    expect((await settings()).max_token_lifetime_days).toBe(null)

    await dialog.getByRole('button', { name: 'Save settings' }).click()
    await page.getByText('Settings saved').waitFor()
    expect((await settings()).max_token_lifetime_days).toBe(90)

    // What somebody else changes meanwhile stays as they left it.
    const body = { max_token_lifetime_days: 120 }
    await server.call('PATCH', '/settings', { as: admin.as, body })
    await page.getByLabel('Minimum length of a password (characters)').fill('14')
    await page.getByRole('button', { name: 'Review changes' }).click()
    await dialog.getByRole('row', { name: /Minimum length of a password/ }).waitFor()
    expect(await dialog.getByRole('row').count()).toBe(2)
    await eventually(async () => (await maximum.inputValue()) === '120')
    await dialog.getByRole('button', { name: 'Save settings' }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect(await settings()).toMatchObject({ ...body, password_min_length: 14 })
    expect(
      await server.database.sql('SELECT id FROM tokens WHERE revoked_at IS NULL'),
    ).toHaveLength(2)
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('can be read by those who may not change them, and say so', async () => {
    const reader = await server.given.withPassword({
      tenants: ['any'],
      grants: [{ permissions: ['settings.read'] }],
    })
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/system/settings', reader)
    await page.getByText('You may look at these settings and not change them.').waitFor()
    const field = page.getByLabel('Minimum length of a password (characters)')
    expect(await field.getAttribute('readonly')).toBe('')
    const review = page.getByRole('button', { name: 'Review changes' })
    expect(await review.getAttribute('aria-description')).toContain('settings.write')
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})

describe('Permissions', () => {
  it('of the host product are registered, found by scope and search, and are not built in', async () => {
    const admin = await server.given.withPassword({ tenants: ['any'], grants: [{ role: 'admin' }] })
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/permissions', admin)
    await page.getByRole('button', { name: 'Register permission' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Policies')
    await dialog.getByLabel('Description').fill('Close the books of a year')
    await dialog.getByRole('radio', { name: 'Platform' }).click()
    await dialog.getByRole('button', { name: 'Register permission' }).click()
    await dialog.getByText('must be resource.action').waitFor()
    await dialog.getByLabel('Name').fill('ledgers.close')
    await dialog.getByRole('button', { name: 'Register permission' }).click()
    await page.getByText('ledgers.close has been registered').waitFor()

    await page.getByText('Platform', { exact: true }).first().click()
    await page.getByLabel('Search by name or description').fill('books of a')
    const row = page.getByRole('row', { name: /ledgers\.close Close the books of a year/ })
    await row.getByText('Your product').waitFor()
    await page.waitForURL(/scope=platform/)
    const { body } = await server.call('GET', '/permissions?search=ledgers', { as: admin.as })
    expect(body.data).toMatchObject([
      { name: 'ledgers.close', scope: 'platform', description: 'Close the books of a year' },
    ])
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})
