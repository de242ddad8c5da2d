import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { origin } from '../modules/second-factors/enrolled.ts'
import { startBrowser } from '../support/browser.ts'
import { choose } from '../support/choose.ts'
import { openPage, signInTo } from '../support/console.ts'
import { startHonestProvider } from '../support/honest-provider.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { ssoEnvironment } from '../support/sso-browser.ts'
import { clipboardOf } from './making-tokens.ts'
import { remainsOf } from './remains.ts'
import { hindrancesOn } from './scrutiny.ts'

const client_secret = 'between the provider and us'
type Client = { client_id: string; client_secret: string; redirect_uris: string[] }
let server: TestServer
let browser: Browser
let honest: Awaited<ReturnType<typeof startHonestProvider>>
const clients: Client[] = []
beforeAll(async () => {
  server = await startServer({ ...ssoEnvironment, PUBLIC_URL: origin })
  browser = await startBrowser(new URL(server.url).port)
  honest = await startHonestProvider(() => clients)
}, 60_000)
afterAll(async () => {
  await browser.close()
  await server.close()
  await honest.close()
})

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true })
const goOn = (page: Page) => page.getByRole('link', { name: /^Continue with/ })

/** A page of somebody who comes by the provider. */
async function openAs(who: string) {
  const opened = await openPage(browser, { url: origin })
  await opened.page.context().setExtraHTTPHeaders({ 'x-login': who })
  return opened
}

type Grants = NonNullable<Parameters<TestServer['given']['withPassword']>[0]>['grants']
const withPassword = (grants: NonNullable<Grants>) =>
  server.given.withPassword({ tenants: ['any'], grants })

const providers = async (as: string) =>
  (await server.call('GET', '/identity-providers', { as })).body.data

describe('Identity providers', () => {
  it('are added, set up at the provider, enabled, changed, disabled and deleted by who has read whom it concerns', async () => {
    const admin = await withPassword([{ role: 'admin' }])
    const tenant = await server.given.tenant()
    const role = await nameOf(await server.given.role(['roles.read']))
    const { page, complaints, close } = await openPage(browser, { url: origin })
    await signInTo(page, '/system/identity-providers', admin)
    await page.getByText('No identity providers yet').waitFor()
    await page.getByRole('link', { name: 'Add identity provider' }).click()

    // What the server refuses stands at its field, and nothing has been made.
    const issuer = page.getByLabel('Issuer', { exact: true })
    await page.getByLabel('Name', { exact: true }).fill('Contoso')
    await issuer.fill(`${honest.url}/?tenant=1`)
    await page.getByLabel('Client ID', { exact: true }).fill('postern')
    await page.getByLabel('Client secret', { exact: true }).fill('not the one')
    const add = () => button(page, 'Add provider').click()
    await add()
    await page.getByText('must not hold a query', { exact: true }).waitFor()
    expect(await issuer.getAttribute('aria-invalid')).toBe('true')
    await issuer.fill(honest.url)
    await page.getByRole('switch', { name: 'Let in people whom nobody knows yet' }).check()
    await choose(page, 'Tenant scope of new people', tenant.name)
    await page.keyboard.press('Escape')
    await choose(page, 'Role', role)
    await choose(page, 'Where', tenant.name)
    await button(page, 'Add grant').click()
    await page.getByRole('list', { name: 'Roles of new people' }).getByText(role).waitFor()
    await add()
    await page.getByText('must name at least one while people come just in time').waitFor()
    expect(await providers(admin.as)).toEqual([])
    await page.getByRole('combobox', { name: 'Allowed domains' }).fill('Example.COM')
    await page.keyboard.press('Enter')
    await page.getByText('example.com', { exact: true }).first().waitFor()
    expect(await hindrancesOn(page)).toEqual([])
    await add()

    // Disabled at first: the address that the provider must know is only known now.
    await page.getByText('Nobody signs in by it while it is disabled').waitFor()
    const [made] = await providers(admin.as)
    expect(made).toMatchObject({
      ...{ name: 'Contoso', issuer: honest.url, client_id: 'postern', has_client_secret: true },
      ...{ allowed_domains: ['example.com'], is_enabled: false },
      jit: { enabled: true, tenants: [tenant.id], grants: [{ tenant_id: tenant.id }] },
    })
    expect(await page.getByLabel('Redirect URI', { exact: true }).inputValue()).toBe(
      made.redirect_uri,
    )
    await button(page, 'Copy redirect URI').click()
    await page.getByText('Copied').waitFor()
    expect(await clipboardOf(page)).toBe(made.redirect_uri)
    clients.push({ client_id: 'postern', client_secret, redirect_uris: [made.redirect_uri] })
    honest.open()
    await page.getByText(tenant.name).first().waitFor()
    await page.getByRole('list', { name: 'Roles of new people' }).getByText(role).waitFor()
    expect(await remainsOf(page)).not.toContain('not the one')
    expect(await hindrancesOn(page)).toEqual([])

    const grace = await openAs('grace')
    await grace.page.goto('/sign-in')
    await grace.page.getByLabel('E-mail address').waitFor()
    expect(await goOn(grace.page).count()).toBe(0)
    await button(page, 'Enable').click()
    await page.getByText('People can sign in with Contoso').waitFor()
    await grace.page.goto('/sign-in')
    await goOn(grace.page).click()
    await grace.page.getByText('You are not signed in').waitFor()

    // The right secret takes the place of the wrong one, with a change of the name.
    await button(page, 'Replace the secret').click()
    await page.getByLabel('New client secret').fill(client_secret)
    await page.getByLabel('Name', { exact: true }).fill('Contoso Login')
    await button(page, 'Save changes').click()
    await page.getByText('Changes saved').waitFor()
    await page.getByRole('heading', { level: 1, name: 'Contoso Login' }).waitFor()
    expect(await remainsOf(page)).not.toContain(client_secret)
    await goOn(grace.page).click()
    await grace.page.waitForURL(`${origin}/settings/tokens`)
    await button(grace.page, 'grace of the provider').waitFor()

    // Whom it concerns is read first; who takes it back changes nothing.
    await button(page, 'Disable').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('1 active person signs in by it').waitFor()
    await dialog.getByText('1 of them has no other way in and needs a new invitation').waitFor()
    await dialog.getByText('1 session ends at once; yours, too, if it came from it').waitFor()
    expect(await hindrancesOn(page)).toEqual([])
    // Nor does who would come in by nothing any more.
    const { sql } = server.database
    const password = 'SELECT password_hash FROM users WHERE id = $1'
    const [kept] = await sql<{ password_hash: string }>(password, [admin.id])
    await server.given.externalIdentity(admin.id, made, 'admin')
    await sql('UPDATE users SET password_hash = NULL WHERE id = $1', [admin.id])
    await dialog.getByRole('button', { name: 'Disable' }).click()
    await dialog.getByText('You could not sign in by anything any more').waitFor()
    await sql('UPDATE users SET password_hash = $2 WHERE id = $1', [admin.id, kept?.password_hash])
    await sql('DELETE FROM external_identities WHERE user_id = $1', [admin.id])
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect((await providers(admin.as))[0].is_enabled).toBe(true)
    await button(page, 'Disable').click()
    await dialog.getByRole('button', { name: 'Disable' }).click()
    await page.getByText('Disabled: Contoso Login').waitFor()
    await grace.page.goto('/settings/tokens')
    await grace.page.getByLabel('E-mail address').waitFor()
    expect(await goOn(grace.page).count()).toBe(0)

    await button(page, 'Delete').click()
    await dialog.getByText('1 active person signs in by it').waitFor()
    await dialog.getByText('they have no live tokens').waitFor()
    await dialog.getByRole('button', { name: 'Delete provider' }).click()
    await page.getByText('No identity providers yet').waitFor()
    expect(await providers(admin.as)).toEqual([])
    expect(complaints).toEqual([])
    await close()
    await grace.close()
  }, 120_000)

  it('can be looked at by who may not change them, and say so', async () => {
    const role_id = await server.given.role(['roles.read'])
    const jit = { tenants: ['any'], grants: [{ role_id, tenant_id: null }] }
    const provider = await server.given.identityProvider({ name: 'Fabrikam', jit })
    const reader = await withPassword([{ permissions: ['settings.read', 'roles.read'] }])
    const { page, complaints, close } = await openPage(browser, { url: origin })
    await signInTo(page, '/system/identity-providers', reader)
    const add = button(page, 'Add identity provider')
    await page.getByRole('link', { name: 'Fabrikam' }).waitFor()
    await expectRefused(add)
    await page.getByRole('link', { name: 'Fabrikam' }).click()
    await page.getByText('You may look at this provider and not change it.').waitFor()
    for (const text of [provider.issuer, await nameOf(role_id), 'example.com']) {
      await page.getByText(text).first().waitFor()
    }
    await expectRefused(button(page, 'Disable'))
    await expectRefused(button(page, 'Delete'))
    expect(await button(page, 'Save changes').count()).toBe(0)
    expect(await hindrancesOn(page)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('let in nobody with more than whoever says so holds, and say which', async () => {
    const role_id = await server.given.role(['tokens.read'])
    const { id } = await server.given.identityProvider({ name: 'Northwind' })
    const keeper = await withPassword([
      { permissions: ['settings.*', 'roles.read', 'users.create', 'users.grants'] },
    ])
    const { page, complaints, close } = await openPage(browser, { url: origin })
    await signInTo(page, `/system/identity-providers/${id}`, keeper)
    await page.getByRole('switch', { name: 'Let in people whom nobody knows yet' }).check()
    await page.getByRole('combobox', { name: 'Allowed domains' }).fill('example.com')
    await page.keyboard.press('Enter')
    await choose(page, 'Role', await nameOf(role_id))
    await choose(page, 'Where', 'Every tenant of the scope')
    await button(page, 'Add grant').click()
    await button(page, 'Save changes').click()
    await page.getByRole('alert').getByText('tokens.read').waitFor()
    await page.getByRole('switch', { name: 'Let in people whom nobody knows yet' }).uncheck()
    await page.getByText('Their tenants and roles are forgotten when you save.').waitFor()
    const [{ jit }] = (await providers(keeper.as)).filter((one: { id: string }) => one.id === id)
    expect(jit.enabled).toBe(false)
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})

async function expectRefused(locator: ReturnType<typeof button>): Promise<void> {
  await locator.and(locator.page().locator('[aria-disabled="true"]')).waitFor()
  expect(await locator.getAttribute('aria-description')).toContain('settings.write')
}

async function nameOf(role_id: string): Promise<string> {
  const [row] = await server.database.sql<{ name: string }>(
    'SELECT name FROM roles WHERE id = $1',
    [role_id],
  )
  return row?.name ?? ''
}
