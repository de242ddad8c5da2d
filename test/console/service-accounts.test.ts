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

const list = '/service-accounts'
const operatorIn = (tenant_id: string) =>
  server.given.withPassword({
    tenants: [tenant_id],
    grants: [{ role: 'service-account-operator', tenant_id }],
    name: 'Olga Operator',
  })
const tenantsSeenBy = (as: string) => server.call('GET', '/tenants', { as })

describe('An operator', () => {
  it('makes a service account and a token of it, which works until it is deleted', async () => {
    const { given, call } = server
    const tenant = await given.tenant()
    const [operator, admin] = [await operatorIn(tenant.id), await given.admin()]
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, list, operator)
    await page.getByText('No service accounts yet').waitFor()

    await page.getByRole('link', { name: 'New service account' }).click()
    await page.getByRole('heading', { level: 1, name: 'New service account' }).waitFor()
    await page.getByLabel('Name').fill('Nightly import')
    await page.getByLabel('Description').fill('Feeds the claims system')
    await choose(page, 'Tenant scope', tenant.slug)
    await page.getByRole('button', { name: 'Create service account' }).click()
    await page.getByRole('heading', { level: 1, name: 'Nightly import' }).waitFor()
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    await page.getByRole('list', { name: 'Accountable people' }).getByText('Olga').waitFor()
    expect((await call('GET', `${list}/${id}`, { as: admin.as })).body).toMatchObject({
      name: 'Nightly import',
      description: 'Feeds the claims system',
      tenants: [tenant.id],
      accountable_user_ids: [operator.id],
    })

    await page.goto(`${list}/${id}/tokens/new`)
    await page.getByText('There is nothing to give').waitFor()
    await given.grant(id, { role: 'read-only', tenant_id: tenant.id })
    await page.reload()
    await page.getByLabel('Name').fill('Import')
    await page.getByRole('checkbox', { name: tenant.slug }).check()
    // What the account holds and the operator doesn't is not offered, nor the other way round.
    await page.getByRole('checkbox', { name: 'tenants.read' }).check()
    expect(await page.getByRole('checkbox', { name: 'audit.read' }).count()).toBe(0)
    expect(await page.getByRole('checkbox', { name: 'service_accounts.write' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Review' }).click()
    await page.getByRole('button', { name: 'Create token' }).click()
    const secret = await takeSecret(page, 'Import')
    expect((await tenantsSeenBy(secret)).body.data).toMatchObject([{ id: tenant.id }])
    expect((await call('GET', '/me', { as: secret })).body.id).toBe(id)

    await page.getByText('1 that you see, 3 at most').waitFor()
    await page.getByRole('link', { name: 'Import', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Import' }).waitFor()
    await page.getByRole('button', { name: 'Delete token' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete token' }).click()
    await page.getByText('This account has no tokens').waitFor()
    expect((await tenantsSeenBy(secret)).status).toBe(401)
    expect(complaints).toEqual([])
    await close()
  }, 90_000)

  it('sees why a token can’t be made where they don’t make tokens', async () => {
    const { given } = server
    const [here, there, unseen] = [await given.tenant(), await given.tenant(), await given.tenant()]
    const operator = await given.withPassword({
      tenants: [here.id, there.id, unseen.id],
      grants: [
        { role: 'service-account-operator', tenant_id: here.id },
        { permissions: ['users.read'], tenant_id: here.id },
        { permissions: ['service_accounts.read'], tenant_id: there.id },
        {
          permissions: ['service_accounts.read', 'service_accounts.tokens', 'tenants.read'],
          tenant_id: unseen.id,
        },
      ],
    })
    const account = await given.serviceAccount([there.id])
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, `${list}/${account}?tab=tokens`, operator)

    await page.getByText('You may not see the tokens of this account').waitFor()
    await page.getByRole('button', { name: 'New token' }).hover()
    await page.getByRole('tooltip').getByText('service_accounts.tokens').waitFor()
    await page.goto(`${list}/${account}`)
    await page.getByRole('button', { name: 'Delete' }).hover()
    await page.getByRole('tooltip').getByText('service_accounts.write').waitFor()
    // They look at people elsewhere, and here they don't: what the account holds isn't asked for.
    expect(await page.getByText('This page doesn’t exist').count()).toBe(0)
    expect(await page.getByRole('tab', { name: 'Effective permissions' }).count()).toBe(0)

    // Where they make tokens and may not look, the server decides over what they hold themselves.
    const hidden = await given.serviceAccount([unseen.id])
    await given.grant(hidden, { permissions: ['tenants.read'], tenant_id: unseen.id })
    await page.goto(`${list}/${hidden}/tokens/new`)
    await page.getByLabel('Name').fill('Made unseen')
    await page.getByRole('checkbox', { name: unseen.slug }).check()
    await page.getByRole('checkbox', { name: 'tenants.read' }).check()
    await page.getByRole('button', { name: 'Review' }).click()
    await page.getByRole('button', { name: 'Create token' }).click()
    const secret = await takeSecret(page, 'Made unseen')
    expect((await tenantsSeenBy(secret)).body.data).toMatchObject([{ id: unseen.id }])
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})

describe('An administrator', () => {
  it('finds an account that nobody answers for, gives it somebody, stops it and starts it again', async () => {
    const { given, call } = server
    const tenant = await given.tenant()
    const admin = await given.withPassword({
      tenants: ['any'],
      grants: [{ role: 'admin' }],
      name: 'Root',
    })
    const [account, kept] = [
      await given.serviceAccount([tenant.id]),
      await given.serviceAccount([tenant.id]),
    ]
    await call('PATCH', `${list}/${kept}`, {
      as: admin.as,
      body: { name: 'Kept', accountable_user_ids: [admin.id] },
    })
    await call('PATCH', `${list}/${account}`, { as: admin.as, body: { name: 'Left behind' } })
    await given.grant(account, { permissions: ['tenants.read'], tenant_id: tenant.id })
    const token = await given.token(account, { tenants: [tenant.id], name: 'Old job' })
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, list, admin)
    await page.getByRole('checkbox', { name: 'No accountable person' }).click()
    await page.getByRole('link', { name: 'Kept' }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Left behind' }).click()

    await page.getByText('Nobody answers for this account').waitFor()
    await choose(page, 'Choose a person to add', 'Root')
    await page.getByRole('button', { name: 'Add person' }).click()
    await page.getByText('Nobody answers for this account').waitFor({ state: 'detached' })
    const { body } = await call('GET', `${list}/${account}`, { as: admin.as })
    expect(body).toMatchObject({ is_orphaned: false, accountable_user_ids: [admin.id] })

    await page.getByRole('button', { name: 'Deactivate' }).click()
    const stopping = page.getByRole('dialog', { name: 'Deactivate' })
    await stopping.getByText('Old job').waitFor()
    await stopping.getByRole('button', { name: 'Deactivate' }).click()
    await page.getByText('none of its tokens works').waitFor()
    expect((await tenantsSeenBy(token.as)).status).toBe(401)
    await page.getByRole('button', { name: 'Activate', exact: true }).click()
    await page.getByText('is active again').waitFor()
    expect((await tenantsSeenBy(token.as)).status).toBe(200)

    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    const deleting = page.getByRole('dialog', { name: 'Delete' })
    await deleting.getByText('1 live token loses something').waitFor()
    await deleting.getByRole('button', { name: 'Delete service account' }).click()
    await page.getByRole('heading', { level: 1, name: 'Service accounts' }).waitFor()
    expect((await tenantsSeenBy(token.as)).status).toBe(401)
    expect((await call('GET', `${list}/${account}`, { as: admin.as })).status).toBe(404)
    expect(complaints).toEqual([])
    await close()
  }, 90_000)
})

/** From a list that the server searches. */
async function choose(page: Page, label: string, name: string) {
  await page.getByRole('combobox', { name: label }).fill(name)
  await page.getByRole('option', { name }).click()
  await page.keyboard.press('Escape')
}

async function takeSecret(page: Page, name: string): Promise<string> {
  const dialog = page.getByRole('dialog', { name: 'Your new token' })
  const secret = await dialog.getByLabel(`Token “${name}”`).inputValue()
  await dialog.getByRole('button', { name: 'Copy token' }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await dialog.waitFor({ state: 'detached' })
  return secret
}
