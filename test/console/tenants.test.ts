import pg from 'pg'
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

const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true })

const administrator = () =>
  server.given.withPassword({ tenants: ['any'], grants: [{ role: 'admin' }], name: 'Grace Hopper' })

/** What a token is answered in a tenant. */
async function statusIn(tenant: { id: string }, as: string): Promise<number> {
  return (await server.given.call('GET', `/tenants/${tenant.id}`, { as })).status
}

describe('A tenant’s administrator', () => {
  it('sees their own tenant only, and blocks a token there, which works on elsewhere', async () => {
    const { given } = server
    const acme = await given.tenant('test', 'active', 'Acme Insurance')
    const other = await given.tenant('test', 'active', 'Beta Mutual')
    const owner = await given.person({ tenants: ['type:test'], grants: [{ role: 'read-only' }] })
    const token = await given.token(owner.id, { name: 'Nightly export', tenants: ['type:test'] })
    const local = await given.withPassword({
      tenants: [acme.id],
      grants: [{ role: 'tenant-admin', tenant_id: acme.id }],
      name: 'Ada Lovelace',
    })
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/tenants', local)
    await page.getByText('1–1 of 1').waitFor()
    expect(await page.getByText(other.name).count()).toBe(0)
    await page.goto(`/tenants/${other.id}`)
    await page.getByText('This page doesn’t exist, or you may not see it.').waitFor()
    await page.goto('/tenants')
    await page.getByRole('link', { name: acme.name }).click()
    await page.getByRole('row', { name: /Ada Lovelace/ }).waitFor()
    await page.getByRole('tab', { name: 'Tokens that reach it' }).click()
    expect(new URL(page.url()).searchParams.get('tab')).toBe('tokens')
    const row = page.getByRole('row', { name: /Nightly export/ })
    await row.getByText('Not blocked').waitFor()
    expect(await row.innerText()).not.toContain(other.name)

    expect([await statusIn(acme, token.as), await statusIn(other, token.as)]).toEqual([200, 200])
    await page.getByRole('button', { name: 'Block the token Nightly export' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Reason').fill(' ')
    await dialog.getByRole('button', { name: 'Block token' }).click()
    await dialog.getByText('must be 1 to 500 characters that say why').waitFor()
    await dialog.getByLabel('Reason').fill('Exports at night')
    await dialog.getByRole('button', { name: 'Block token' }).click()
    await row.getByText('Blocked', { exact: true }).waitFor()
    await row.getByText('by Ada Lovelace: Exports at night').waitFor()
    expect([await statusIn(acme, token.as), await statusIn(other, token.as)]).toEqual([403, 200])

    await page.getByRole('button', { name: /Lift block of the token/ }).click()
    await dialog.getByText('Exports at night').waitFor()
    await dialog.getByRole('button', { name: 'Lift block' }).click()
    await row.getByText('Not blocked').waitFor()
    expect(await statusIn(acme, token.as)).toBe(200)
    for (const name of ['Suspend', 'Retire']) {
      const button = page.getByRole('button', { name, exact: true })
      expect(await button.getAttribute('aria-description')).toContain('tenants.retire')
    }
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})

describe('An administrator', () => {
  it('creates a tenant, renames it, and is told what is wrong beside the field', async () => {
    const taken = await server.given.tenant()
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/tenants', await administrator())
    await page.getByRole('link', { name: 'New tenant' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('شركة التأمين الوطنية')
    const slug = page.getByRole('textbox', { name: 'Slug' })
    const create = page.getByRole('button', { name: 'Create tenant' })
    await slug.fill('Not A Slug')
    await create.click()
    await page.getByText('must be 1 to 63 lower-case letters').waitFor()
    await slug.fill(taken.slug)
    await create.click()
    await page.getByText('There is a tenant with this slug').waitFor()
    await slug.fill('national')
    await page.getByRole('radio', { name: 'Production' }).check()
    await create.click()
    await heading(page, 'شركة التأمين الوطنية').waitFor()

    const hostile = '<img src=x onerror=alert(1)>'
    page.on('dialog', () => complaints.push('a script of a name has run'))
    await page.getByRole('button', { name: 'Rename' }).click()
    const dialog = page.getByRole('dialog')
    const wrong = dialog.locator('[aria-invalid=true]')
    await dialog.getByLabel('Name').fill(' ')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await wrong.waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Rename' }).click()
    await dialog.getByLabel('Name').fill(hostile)
    expect(await wrong.count()).toBe(0)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await heading(page, hostile).waitFor()
    expect(
      await server.given.sql("SELECT name, type FROM tenants WHERE slug = 'national'"),
    ).toEqual([{ name: hostile, type: 'production' }])
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('suspends a tenant after reading what tokens lose, finds it again and brings it back', async () => {
    const { given } = server
    const tenant = await given.tenant('production', 'active', 'W'.repeat(100))
    const owner = await given.person({ tenants: [tenant.id], grants: [{ role: 'read-only' }] })
    const token = await given.token(owner.id, { name: 'CI pipeline', tenants: [tenant.id] })
    const { page, complaints, close } = await openPage(browser, server, {
      viewport: { width: 390, height: 844 },
    })
    await signInTo(page, `/tenants/${tenant.id}`, await administrator())
    await page.getByRole('button', { name: 'Suspend' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('1 live token loses something').waitFor()
    expect(await dialog.getByRole('listitem').innerText()).toContain('CI pipeline')
    await dialog.getByRole('button', { name: 'Suspend tenant' }).click()
    await page.getByText('Suspended: nothing works in this tenant').waitFor()
    expect(await statusIn(tenant, token.as)).toBe(403)

    await page.goto('/tenants?status=suspended')
    await page.getByRole('link', { name: tenant.name }).click()
    await page.getByRole('button', { name: 'Activate' }).click()
    await page.getByRole('tab', { name: 'Members' }).waitFor()
    expect(await statusIn(tenant, token.as)).toBe(200)
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false)
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('retires a tenant only by typing its slug, and it stays retired', async () => {
    const { given } = server
    const tenant = await given.tenant('production', 'active', 'Gamma Life')
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, `/tenants/${tenant.id}`, await administrator())
    await page.getByRole('button', { name: 'Retire' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('No live token loses anything.').waitFor()
    const retire = dialog.getByRole('button', { name: 'Retire tenant' })
    await dialog.getByLabel(`Type ${tenant.slug} to confirm`).fill(tenant.slug.slice(0, -1))
    expect(await retire.isDisabled()).toBe(true)
    await dialog.getByLabel(`Type ${tenant.slug} to confirm`).fill(tenant.slug)
    await retire.click()
    await page.getByText('Retired for good').waitFor()
    expect(await page.getByRole('button', { name: 'Activate' }).count()).toBe(0)
    const [row] = await given.sql('SELECT status FROM tenants WHERE id = $1', [tenant.id])
    expect(row).toEqual({ status: 'retired' })
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('goes on knowingly where what tokens would lose can’t be told', async () => {
    const { given, database } = server
    const tenant = await given.tenant('test', 'active', 'Delta Re')
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, `/tenants/${tenant.id}`, await administrator())
    const held = new pg.Client({ connectionString: database.url })
    await held.connect()
    await held.query('BEGIN')
    await held.query('SELECT 1 FROM tenants WHERE id = $1 FOR UPDATE', [tenant.id])
    await page.getByRole('button', { name: 'Suspend' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('The preview could not be made').waitFor()
    await held.end()
    const suspend = dialog.getByRole('button', { name: 'Suspend tenant' })
    expect(await suspend.isDisabled()).toBe(true)
    await dialog.getByLabel('Go on without the preview').check()
    await suspend.click()
    await page.getByText('Suspended: nothing works in this tenant').waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})
