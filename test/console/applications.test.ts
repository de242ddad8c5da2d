import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { choose } from '../support/choose.ts'
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

const manage = ['applications.read', 'applications.write', 'imports.read', 'imports.run']
const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true })

describe('Whoever looks after a tenant’s systems', () => {
  it('adds an application with its files and its schedule, reads what the schedule means, and changes it', async () => {
    const { given, call } = server
    const tenant = await given.tenant('production', 'active', 'Acme Insurance')
    const keeper = await given.withPassword({
      tenants: [tenant.id],
      grants: [{ permissions: manage, tenant_id: tenant.id }],
    })
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/applications', keeper)
    await page.getByText('No applications yet').waitFor()
    await page.getByRole('link', { name: 'New application' }).click()
    await heading(page, 'New application').waitFor()
    await choose(page, 'Tenant', 'Acme Insurance')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Silverlake')
    await page.getByRole('combobox', { name: 'Priority' }).click()
    await page.getByRole('option', { name: 'Critical' }).click()
    await page.getByRole('button', { name: 'Add file' }).click()
    await page.getByRole('textbox', { name: 'Name of the file' }).last().fill('Branches')
    await page.getByRole('switch', { name: 'Import on a schedule' }).click()
    const when = page.getByRole('textbox', { name: 'When', exact: true })
    await when.fill('15 4 * * sun')
    await page.getByText('Every Sunday, at 04:15 (UTC)').waitFor()
    await when.fill('61 4 * * *')
    await page.getByText('No usual schedule').waitFor()
    await page.getByRole('textbox', { name: 'Address of the CSV' }).fill('http://10.0.0.1/a.csv')
    await page.getByRole('button', { name: 'Create application' }).click()
    // What is wrong the server says, beside its field.
    await page.locator('input[aria-invalid=true]').first().waitFor()
    await page.getByRole('button', { name: 'Workdays' }).click()
    await page.getByText('Monday to Friday, at 06:00 (UTC)').waitFor()
    await page
      .getByRole('textbox', { name: 'Address of the CSV' })
      .fill('https://exports.example.com/a.csv')
    await page.getByRole('button', { name: 'Create application' }).click()
    await page.getByText('needs one file group that is required').waitFor()
    await page.getByRole('checkbox', { name: 'Required' }).last().uncheck()
    await page.getByRole('button', { name: 'Create application' }).click()
    await heading(page, 'Silverlake').waitFor()
    await page.getByText('Monday to Friday, at 06:00 (UTC)').waitFor()
    const path = new URL(page.url()).pathname
    const { body } = await call('GET', path, { as: keeper.as })
    expect(body).toMatchObject({
      tenant_id: tenant.id,
      name: 'Silverlake',
      priority: 'critical',
      change_threshold_percent: 50,
      import_schedule: { cron: '0 6 * * 1-5', source_url: 'https://exports.example.com/a.csv' },
      file_groups: [
        { name: 'Accounts', required: true },
        { name: 'Branches', required: false },
      ],
    })

    await page.getByRole('tab', { name: 'Settings' }).click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Silverlake core')
    await page.getByRole('textbox', { name: 'When more than this changes' }).fill('')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.locator('input:invalid').waitFor()
    expect((await call('GET', path, { as: keeper.as })).body.change_threshold_percent).toBe(50)
    await page.getByRole('switch', { name: 'Wait for a person' }).click()
    await page.getByRole('switch', { name: 'Import on a schedule' }).click()
    await page.getByRole('button', { name: 'Remove Branches' }).click()
    await page.getByRole('button', { name: 'Save changes' }).click()
    await heading(page, 'Silverlake core').waitFor()
    expect((await call('GET', path, { as: keeper.as })).body).toMatchObject({
      name: 'Silverlake core',
      priority: 'critical',
      change_threshold_percent: null,
      import_schedule: null,
      file_groups: [{ id: body.file_groups[0].id, name: 'Accounts' }],
    })

    await page.getByRole('button', { name: 'Archive' }).click()
    await page.getByRole('button', { name: 'Archive application' }).click()
    await page.getByText('Archived: nothing is imported any more').waitFor()
    await page.getByRole('button', { name: 'Upload files' }).hover()
    await page.getByRole('tooltip').getByText('It is archived').waitFor()
    await page.getByRole('link', { name: 'Applications' }).first().click()
    await page.getByText('No applications yet').waitFor()
    await page.getByText('Archived', { exact: true }).click()
    await page.getByRole('link', { name: 'Silverlake core' }).click()
    await page.getByRole('button', { name: 'Bring back' }).click()
    await page.getByRole('button', { name: 'Archive' }).waitFor()
    expect((await call('GET', path, { as: keeper.as })).body.is_archived).toBe(false)
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('finds the accounts that belong to nobody; who may only look is told why not more', async () => {
    const { given } = server
    const [tenant, elsewhere] = [
      await given.tenant('production', 'active', 'Beta Mutual'),
      await given.tenant(),
    ]
    const application = await given.application(tenant.id, {
      name: 'Claims desk',
      accounts: [
        ['ghopper', 'grace@beta.example', ['READ', 'APPROVE']],
        ['svc-batch', null, []],
      ],
    })
    const grace = await given.identity(tenant.id, {
      first_name: 'Grace',
      last_name: 'Hopper',
      email: 'grace@beta.example',
    })
    const reader = await given.withPassword({
      tenants: [tenant.id, elsewhere.id],
      grants: [{ permissions: ['applications.read', 'identities.read'], tenant_id: tenant.id }],
    })
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, `/applications/${application.id}?tab=accounts`, reader)
    const row = page.getByRole('row', { name: /ghopper/ })
    expect(await row.getByRole('link', { name: 'Grace Hopper' }).getAttribute('href')).toBe(
      `/identities/${grace}`,
    )
    expect(await row.innerText()).toContain('APPROVE')
    await page.getByText('Without a person', { exact: true }).click()
    await row.waitFor({ state: 'detached' })
    await page
      .getByRole('row', { name: /svc-batch/ })
      .getByText('Nobody matches')
      .waitFor()

    expect(await page.getByRole('tab', { name: 'Imports' }).count()).toBe(0)
    const menu = page.getByRole('navigation', { name: 'Main menu' })
    expect(await menu.getByRole('link', { name: 'Identities' }).count()).toBe(1)
    expect(await menu.getByRole('link', { name: 'Imports' }).count()).toBe(0)
    expect(await menu.getByRole('link', { name: 'Personnel events' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Upload files' }).hover()
    await page.getByRole('tooltip').getByText('imports.run').waitFor()
    await page.getByRole('tab', { name: 'Settings' }).click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Mine now')
    await page.getByRole('button', { name: 'Save changes' }).hover()
    await page.getByRole('tooltip').getByText('applications.write').waitFor()
    await page.keyboard.press('Enter')
    const [kept] = await given.sql('SELECT name FROM applications WHERE id = $1', [application.id])
    expect(kept).toEqual({ name: 'Claims desk' })

    // What they may see elsewhere only isn't called empty here.
    await given.grant(reader.id, { permissions: ['imports.read'], tenant_id: elsewhere.id })
    await page.goto(`/applications/${application.id}?tab=imports`)
    await page.getByText('You don’t hold the permission: imports.read').first().waitFor()
    expect(await page.getByText('Nothing has been imported yet').count()).toBe(0)
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})
