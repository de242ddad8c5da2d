import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { age, origin } from '../modules/second-factors/enrolled.ts'
import { startBrowser } from '../support/browser.ts'
import { openPage, signInTo } from '../support/console.ts'
import { type HonestProvider, startHonestProvider } from '../support/honest-provider.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { ssoEnvironment } from '../support/sso-browser.ts'
import { create, fillIn, nameField, review, takeSecret } from './making-tokens.ts'
import { hindrancesOn, settled } from './scrutiny.ts'

const client_secret = 'between the provider and us'
let server: TestServer
let browser: Browser
let honest: HonestProvider
let provider: { id: string; redirect_uri: string }
let admin: string
beforeAll(async () => {
  server = await startServer({ ...ssoEnvironment, PUBLIC_URL: origin })
  browser = await startBrowser(new URL(server.url).port)
  const clients: { client_id: string; client_secret: string; redirect_uris: string[] }[] = []
  const started = await startHonestProvider(() => clients)
  honest = started
  const { given, call } = server
  const role_id = await given.role(['roles.read'])
  const keeper = { tenants: ['any'], grants: [{ role: 'admin' }] }
  admin = (await given.withPassword(keeper)).as
  const { body } = await call('POST', '/identity-providers', {
    as: admin,
    body: {
      ...{ name: 'Contoso', issuer: honest.url, client_id: 'postern', client_secret },
      allowed_domains: ['example.com'],
      jit: { enabled: true, tenants: ['any'], grants: [{ role_id, tenant_id: null }] },
    },
  })
  provider = body
  clients.push({ client_id: 'postern', client_secret, redirect_uris: [provider.redirect_uri] })
  started.open()
}, 60_000)
afterAll(async () => {
  await browser.close()
  await server.close()
  await honest.close()
})

/** A browser in which this person is at the provider; which the console's pages ask nothing of. */
async function openAs(who: string) {
  const opened = await openPage(browser, { url: origin })
  await beAtProvider(opened.page, who)
  const complaintsOfConsole = () =>
    opened.complaints.filter((one) => !one.startsWith(`asked ${honest.url}`))
  return { ...opened, complaintsOfConsole }
}

/** Whoever was there before has signed out there. */
async function beAtProvider(page: Page, who: string): Promise<void> {
  await page.context().clearCookies({ domain: new URL(honest.url).hostname })
  await page.context().setExtraHTTPHeaders({ 'x-login': who })
}

const goOn = (page: Page) => page.getByRole('link', { name: 'Continue with Contoso' })
const atProvider = (page: Page) =>
  page.getByRole('dialog').getByRole('button', { name: 'Continue with Contoso' })
const isItYou = (page: Page) => page.getByRole('dialog', { name: 'Is it you?' })
const linkOf = (page: Page) => page.getByRole('button', { name: 'Link Contoso', exact: true })
const identities = (page: Page) => page.getByRole('list', { name: 'Single sign-on' })

async function userOf(email: string): Promise<string> {
  const [row] = await server.database.sql<{ id: string }>('SELECT id FROM users WHERE email = $1', [
    email,
  ])
  return row?.id ?? ''
}

/** Somebody who is in by the provider and by nothing else, at this address. */
async function newcomer(who: string, path: string) {
  const opened = await openAs(who)
  await opened.page.goto(path)
  await goOn(opened.page).click()
  await opened.page.waitForURL(`${origin}${path}`)
  const id = await userOf(`${who}@example.com`)
  return { ...opened, id }
}

/** Lets an hour pass since this person was last shown to be who they are. */
async function grow(id: string): Promise<void> {
  const rows = await server.database.sql<{ id: string }>(
    'SELECT id FROM sessions WHERE user_id = $1 AND ended_at IS NULL',
    [id],
  )
  for (const session of rows) await age(server, session.id, 60)
}

const tokensOf = (id: string) =>
  server.database.sql<{ name: string }>('SELECT name FROM tokens WHERE owner_id = $1', [id])

/** In the window that a click opens, until it is gone. */
async function through(page: Page, click: () => Promise<void>): Promise<void> {
  const opening = page.waitForEvent('popup')
  await click()
  const beside = await opening
  if (!beside.isClosed()) await beside.waitForEvent('close')
}

describe('Signing in by a provider', () => {
  it('leads to where one was going, and a failure to a sentence, whose code nobody reads from the address', async () => {
    const ada = await server.given.withPassword({ tenants: ['any'] })
    await server.database.sql(`UPDATE users SET email = 'ada@example.com' WHERE id = $1`, [ada.id])
    const { page, complaintsOfConsole, close } = await openAs('ada')
    await page.goto('/settings/security?sort=-last_used_at')
    await goOn(page).waitFor()
    expect(await hindrancesOn(page)).toEqual([])
    await goOn(page).click()

    // The provider vouches for somebody's address, and that is not enough.
    const alert = page.getByRole('alert')
    await alert.getByText('Somebody here has your e-mail address already').waitFor()
    await alert.and(page.locator(':focus')).waitFor()
    expect(await alert.textContent()).toMatch(/Quote this to support: [0-9a-f]{32}/)
    const address = new URL(page.url())
    expect([address.pathname, [...address.searchParams.keys()]]).toEqual(['/sign-in', ['from']])
    expect(await hindrancesOn(page)).toEqual([])
    await page.reload()
    await goOn(page).waitFor()
    expect(await alert.count()).toBe(0)

    for (const [query, sentence] of [
      ['error=sso_failed&correlation_id=Call+0800+123', 'You are not signed in'],
      ['error=sso_identity_taken', 'belongs to somebody else'],
    ]) {
      await page.goto(`/sign-in?from=/settings/security&${query}`)
      await alert.getByText(sentence ?? '').waitFor()
      expect(await page.content()).not.toContain('0800')
    }
    await page.goto('/sign-in?from=/settings/security&error=Call+0800+123')
    await goOn(page).waitFor()
    expect([await alert.count(), (await page.content()).includes('0800')]).toEqual([0, false])

    // As before, they come in, and to where they were going.
    await page.getByLabel('E-mail address').fill('ada@example.com')
    await page.getByLabel('Password', { exact: true }).fill(ada.password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.waitForURL(`${origin}/settings/security`)

    await beAtProvider(page, 'grace')
    await page.context().clearCookies()
    await page.goto('/settings/tokens/new?name=Nightly, on Monday’s')
    await goOn(page).click()
    await page.waitForURL(/\/settings\/tokens\/new/)
    await nameField(page).waitFor()
    expect(await nameField(page).inputValue()).toBe('Nightly, on Monday’s')
    expect(await userOf('grace@example.com')).not.toBe('')
    expect(complaintsOfConsole()).toEqual([])
    await close()
  }, 120_000)
})

describe('One’s own identities', () => {
  it('are linked, listed and unlinked; one that is somebody else’s isn’t', async () => {
    const person = await server.given.withPassword()
    const { page, complaintsOfConsole, close } = await openAs('katherine')
    await signInTo(page, '/settings/security', person)
    await linkOf(page).click()
    await page.getByText('From now on you can sign in with Contoso').waitFor()
    await identities(page).getByText('known there as katherine@example.com').waitFor()
    await identities(page).getByText('last used not yet').waitFor()
    expect(page.url()).toBe(`${origin}/settings/security`)
    expect(await linkOf(page).count()).toBe(0)
    expect(await hindrancesOn(page)).toEqual([])

    const unlink = page.getByRole('button', { name: 'Unlink Contoso' })
    await unlink.click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await identities(page).getByText('katherine@example.com').waitFor()
    await unlink.click()
    await page.getByRole('dialog').getByRole('button', { name: 'Unlink' }).click()
    await page.getByText('Unlinked: Contoso').waitFor()
    await linkOf(page).waitFor()

    // Mary has been here before: what is hers stays hers. And the address alone says nothing of a success.
    const mary = await newcomer('mary', '/settings/security')
    await beAtProvider(page, 'mary')
    await linkOf(page).click()
    const alert = page.getByRole('alert').filter({ hasText: 'Nothing was linked' })
    await alert.and(page.locator(':focus')).waitFor()
    expect(page.url()).toBe(`${origin}/settings/security`)
    expect(await page.getByText('From now on').count()).toBe(0)
    await page.getByText('None yet.', { exact: true }).waitFor()
    await page.goto(`/settings/security?linked=${provider.id}`)
    await page.getByText('None yet.', { exact: true }).waitFor()
    await page.waitForURL(`${origin}/settings/security`)
    expect(await page.getByText('From now on').count()).toBe(0)

    // Who took too long is nobody's attempt any more, and still signed in.
    await page.goto('/sign-in?error=sso_failed')
    await page.getByRole('heading', { name: 'You are still signed in' }).waitFor()
    await page.getByRole('alert').getByText('so nothing was done').waitFor()
    await page.getByRole('link', { name: 'Go on in the console' }).click()
    await page.waitForURL(`${origin}/settings/tokens`)

    // And where the page that waited is gone, its window says what came of it.
    await page.goto('/sign-in/returned?error=sso_failed')
    await page.getByRole('alert').getByText('so nothing was done').waitFor()

    // Hers is the only way in that she has.
    await mary.page.getByRole('button', { name: 'Unlink Contoso' }).click()
    const dialog = mary.page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Unlink' }).click()
    await dialog.getByText('You could not sign in by anything any more').waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await identities(mary.page).getByText('mary@example.com').waitFor()
    expect(
      await server.database.sql('SELECT FROM external_identities WHERE user_id = $1', [mary.id]),
    ).toHaveLength(1)
    expect([...complaintsOfConsole(), ...mary.complaintsOfConsole()]).toEqual([])
    await close()
    await mary.close()
  }, 120_000)
})

describe('Who signed in by a provider', () => {
  it('shows there that it is them, in a window beside what they were typing', async () => {
    const { page, id, complaintsOfConsole, close } = await newcomer('noor', '/settings/tokens/new')
    await fillIn(page, { name: 'Nightly', permissions: ['roles.read'] })
    await grow(id)
    await create(page)
    await isItYou(page).getByText('in a window of its own').waitFor()
    expect(await hindrancesOn(page)).toEqual([])

    // An attempt that nobody knows any more comes back to another page, and is told to this one.
    const atIssuer = `${honest.url}/**`
    await page.context().route(atIssuer, async (route) => {
      await server.database.sql('DELETE FROM sso_attempts')
      await route.continue()
    })
    await through(page, () => atProvider(page).click())
    await isItYou(page).getByText('has not confirmed that it is you').waitFor()
    await page.context().unroute(atIssuer)

    // Somebody else is at the provider meanwhile.
    await beAtProvider(page, 'grace')
    await through(page, () => atProvider(page).click())
    await isItYou(page).getByText('has not confirmed that it is you').waitFor()
    expect(await tokensOf(id)).toEqual([])

    await beAtProvider(page, 'noor')
    await through(page, () => atProvider(page).click())
    expect(await takeSecret(page)).toMatch(/^postern_pat_/)
    expect(await tokensOf(id)).toEqual([{ name: 'Nightly' }])
    expect(complaintsOfConsole()).toEqual([])
    await close()
  }, 120_000)

  it('may go there in this window, where no other may open, and comes back to the same page', async () => {
    const path = '/settings/tokens/new?name=Weekly'
    const { page, id, complaintsOfConsole, close } = await newcomer('yael', path)
    await page.getByRole('checkbox', { name: 'roles.read', exact: true }).check()
    await review(page)
    await grow(id)
    // As browsers do where somebody has forbidden it.
    await page.evaluate('window.open = () => null')
    await create(page)
    await atProvider(page).click()
    await isItYou(page).getByText('lose what you typed here').waitFor()
    await isItYou(page).getByRole('button', { name: 'Go there in this window' }).click()
    await page.waitForURL(`${origin}${path}`)
    await nameField(page).waitFor()
    expect(await nameField(page).inputValue()).toBe('Weekly')
    await page.getByRole('checkbox', { name: 'roles.read', exact: true }).check()
    await review(page)
    await create(page)
    await takeSecret(page)
    expect(await tokensOf(id)).toEqual([{ name: 'Weekly' }])
    expect(complaintsOfConsole()).toEqual([])
    await close()
  }, 120_000)

  it('comes back in the same way when the session has ended, and goes on', async () => {
    const { page, id, complaintsOfConsole, close } = await newcomer('lin', '/settings/tokens/new')
    await fillIn(page, { name: 'Monthly', permissions: ['roles.read'] })
    await server.database.sql('UPDATE sessions SET ended_at = now() WHERE user_id = $1', [id])
    await create(page)
    await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor()
    await atProvider(page).waitFor()
    expect(await hindrancesOn(page)).toEqual([])
    await through(page, () => atProvider(page).click())
    await takeSecret(page)
    expect(await tokensOf(id)).toEqual([{ name: 'Monthly' }])
    expect(complaintsOfConsole()).toEqual([])
    await close()
  }, 120_000)
})

describe('Without a provider', () => {
  it('nobody is told of any', async () => {
    const set = (is_enabled: boolean) =>
      server.call('PATCH', `/identity-providers/${provider.id}`, {
        as: admin,
        body: { is_enabled },
      })
    expect((await set(false)).status).toBe(200)
    const person = await server.given.withPassword()
    const { page, complaints, close } = await openPage(browser, { url: origin })
    await signInTo(page, '/settings/security', person)
    await page.getByRole('heading', { name: 'Sessions', exact: true }).waitFor()
    await page.getByRole('table', { name: 'Sessions' }).waitFor()
    await settled(page)
    expect(await page.getByRole('region', { name: 'Single sign-on' }).count()).toBe(0)
    expect(await page.getByText('Contoso').count()).toBe(0)
    expect(complaints).toEqual([])
    await close()
    expect((await set(true)).status).toBe(200)
  }, 60_000)
})
