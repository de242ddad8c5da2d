import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { choose } from '../support/choose.ts'
import { openPage, signInTo } from '../support/console.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { hindrancesOn } from './scrutiny.ts'

let server: TestServer
let browser: Browser
let admin: Awaited<ReturnType<TestServer['given']['withPassword']>>
beforeAll(async () => {
  server = await startServer()
  browser = await startBrowser()
  admin = await server.given.withPassword({
    tenants: ['any'],
    grants: [{ role: 'admin' }],
    name: 'Grace Hopper',
  })
  // The one of the first run: without that one, she is the last.
  const first = "UPDATE users SET status = 'deactivated' WHERE email = 'admin@postern.local'"
  await server.given.sql(first)
}, 60_000)
afterAll(async () => {
  await browser.close()
  await server.close()
})

const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true })

describe('An administrator', () => {
  it('invites a person by a link that is shown once, and gives them a tenant and a role', async () => {
    const acme = await server.given.tenant('test', 'active', 'Acme Insurance')
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/users', admin)
    await page.getByRole('link', { name: 'Invite a user' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Ada Lovelace')
    await page.getByRole('textbox', { name: 'E-mail address' }).fill(admin.email)
    await page.getByRole('button', { name: 'Invite', exact: true }).click()
    await page.getByText('There is a user with this e-mail address').waitFor()
    await page.getByRole('textbox', { name: 'E-mail address' }).fill('ada@example.com')
    await page.getByRole('button', { name: 'Invite', exact: true }).click()

    const link = page.getByLabel('Invitation link', { exact: true })
    expect(await link.inputValue()).toMatch(/\/accept-invitation#token=[\w-]{43}$/)
    const secret = (await link.inputValue()).split('#token=')[1] ?? ''
    await page.keyboard.press('Escape')
    await page.goBack()
    await page.getByText('You haven’t copied the link').waitFor()
    await page.getByRole('button', { name: 'Go back and copy it' }).click()
    await page.getByRole('button', { name: 'I have passed it on' }).click()
    await page.getByText('You haven’t copied the link').waitFor()
    // By hand, as where a browser doesn't let a page copy.
    await link.focus()
    await page.keyboard.press('ControlOrMeta+c')
    expect(await page.evaluate('navigator.clipboard.readText()')).toContain(secret)
    await page.getByRole('button', { name: 'I have passed it on' }).click()
    await heading(page, 'Ada Lovelace').waitFor()
    expect(await page.content()).not.toContain(secret)

    await choose(page, 'Choose a tenant to add', acme.name)
    await page.getByRole('button', { name: 'Add tenant' }).click()
    await page.getByRole('button', { name: `Remove ${acme.name}` }).waitFor()
    await choose(page, 'Role', 'service-account-operator')
    await choose(page, 'Where', acme.name)
    await page.getByRole('button', { name: 'Add grant' }).click()
    await page.getByRole('button', { name: 'Remove the role service-account-operator' }).waitFor()

    // Invited, they hold nothing yet; what they were given counts from when they have come in.
    await page.getByRole('tab', { name: 'Effective permissions' }).click()
    await page.getByText('Nothing, anywhere.').waitFor()
    await server.given.sql("UPDATE users SET status = 'active' WHERE email = 'ada@example.com'")
    await page.reload()
    await page.getByRole('heading', { level: 2, name: acme.name }).waitFor()
    await page.getByText('service_accounts.tokens', { exact: true }).waitFor()
    expect(await page.getByText('users.create', { exact: true }).count()).toBe(0)

    const [ada] = await server.given.sql(
      `SELECT u.name, s.tenant_id AS scope, g.tenant_id, r.name AS role FROM users u
       JOIN tenant_scopes s ON s.user_id = u.id JOIN grants g ON g.user_id = u.id
       JOIN roles r ON r.id = g.role_id WHERE u.email = 'ada@example.com'`,
    )
    expect(ada).toEqual({
      name: 'Ada Lovelace',
      scope: acme.id,
      tenant_id: acme.id,
      role: 'service-account-operator',
    })
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('makes a new link for somebody who was invited without one, shown once', async () => {
    const { given } = server
    const { id, email } = await given.person({ tenants: ['any'], status: 'invited' })
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, `/users/${id}`, admin)
    for (const _ of ['first', 'second']) {
      await page.getByRole('button', { name: 'New invitation link' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Make new link' }).click()
      const link = page.getByLabel('Invitation link', { exact: true })
      await page.getByText(`For \u2068${email}`).waitFor()
      expect(await link.inputValue()).toMatch(/\/accept-invitation#token=[\w-]{43}$/)
      await page.getByRole('button', { name: 'Copy link' }).click()
      await page.getByRole('button', { name: 'I have passed it on' }).click()
      await link.waitFor({ state: 'detached' })
    }
    const open = 'SELECT 1 FROM invitations WHERE user_id = $1 AND expires_at > now()'
    expect(await given.sql(open, [id])).toHaveLength(1)
    expect(await page.content()).not.toContain('#token=')
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('reads which token loses what before taking a role away, and the token has lost it', async () => {
    const { given } = server
    const beta = await given.tenant('production', 'active', 'Beta Mutual')
    const owner = await given.person({
      tenants: [beta.id],
      grants: [{ permissions: ['tenants.read'], tenant_id: beta.id }],
    })
    const token = await given.token(owner.id, {
      name: 'Nightly export',
      permissions: ['tenants.read', 'users.read'],
      tenants: [beta.id],
    })
    const path = `/tenants/${beta.id}`
    expect((await given.call('GET', path, { as: token.as })).status).toBe(200)

    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, `/users/${owner.id}`, admin)
    await page.getByRole('button', { name: /^Remove the role role-/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('1 live token loses something').waitFor()
    const lost = dialog.getByRole('listitem')
    expect(await lost.count()).toBe(1)
    for (const text of ['Nightly export', `…${token.as.slice(-4)}`, owner.email, beta.name]) {
      expect(await lost.innerText()).toContain(text)
    }
    expect(await lost.getByText('tenants.read', { exact: true }).count()).toBe(1)
    expect(await lost.getByText('users.read', { exact: true }).count()).toBe(0)

    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    expect((await given.call('GET', path, { as: token.as })).status).toBe(200)

    await page.getByRole('button', { name: /^Remove the role role-/ }).click()
    await dialog.getByRole('button', { name: 'Remove grant' }).click()
    await page.getByText('No grants:').waitFor()
    const refused = await given.call('GET', path, { as: token.as })
    expect(refused.status).toBe(403)
    expect(refused.body).toMatchObject({ details: { leg: 'owner_permission' } })
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('ends a token of somebody with a reason, which stays with it', async () => {
    const { given } = server
    const owner = await given.person({ tenants: ['any'], grants: [{ role: 'read-only' }] })
    const token = await given.token(owner.id, { name: 'Leaked', tenants: ['any'] })
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, `/users/${owner.id}?tab=tokens`, admin)
    await page.getByRole('button', { name: 'Delete the token Leaked' }).click()
    await page.getByLabel('Reason').fill('Found in a public repository')
    await page.getByRole('button', { name: 'Delete token' }).click()
    await page.getByText('No live tokens').waitFor()
    expect((await given.call('GET', '/me', { as: token.as })).status).toBe(401)
    await page.getByRole('switch', { name: 'Show ended tokens' }).click()
    const row = page.getByRole('row', { name: /Leaked/ })
    await row.getByText('by you: Found in a public repository').waitFor()
    expect(new URL(page.url()).searchParams.get('ended')).toBe('1')
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('sees how a person signs in, ends one session, and then whatever they were ever given', async () => {
    const { given } = server
    const someone = await given.withPassword({ tenants: ['any'], name: 'Mary' })
    const token = await given.token(someone.id)
    await given.passkey(someone.id)
    await given.session(someone.id)
    const provider = await given.identityProvider({ name: 'Contoso' })
    const external_id = await given.externalIdentity(someone.id, provider, 'mary@contoso')
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, `/users/${someone.id}?tab=sign-in`, admin)
    const sessions = page.getByRole('table', { name: 'Sessions' }).getByRole('row')
    const ends = page.getByRole('button', { name: /^End session of/ })
    await ends.nth(1).waitFor()
    expect(await sessions.nth(1).innerText()).toContain('Password')
    await page.getByText('Passkeys', { exact: true }).locator('..').getByText('1').waitFor()
    await ends.first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'End session' }).click()
    await page.getByText('The session has ended').waitFor()
    await ends.nth(1).waitFor({ state: 'detached' })
    const open = 'SELECT 1 FROM sessions WHERE user_id = $1 AND ended_at IS NULL'
    expect(await given.sql(open, [someone.id])).toHaveLength(1)

    await page.getByText('known there as mary@contoso').waitFor()
    await page.getByText('last used not yet').waitFor()
    await page.getByRole('button', { name: 'Unlink the identity at Contoso' }).click()
    await dialog.getByText('needs a new invitation', { exact: false }).waitFor()
    await dialog.getByRole('button', { name: 'Unlink' }).click()
    await page.getByText('The identity is unlinked').waitFor()
    await page.getByText('known there as mary@contoso').waitFor({ state: 'detached' })
    const linked = 'SELECT 1 FROM external_identities WHERE id = $1'
    expect(await given.sql(linked, [external_id])).toEqual([])

    await page.getByRole('button', { name: 'End everything issued so far' }).click()
    await dialog.getByText('no restored backup brings them back', { exact: false }).waitFor()
    const keep = dialog.getByRole('checkbox', { name: 'Keep the authenticator app, passkeys' })
    await keep.check()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'End everything issued so far' }).click()
    // What was chosen and taken back is not chosen.
    expect(await keep.isChecked()).toBe(false)
    await keep.check()
    await dialog.getByRole('button', { name: 'End everything issued so far' }).click()
    await page.getByText('Ended: sessions 1, tokens 1').waitFor()
    await page.getByText('They are signed in nowhere.').waitFor()
    const passkeys = 'SELECT 1 FROM passkeys WHERE user_id = $1'
    expect(await given.sql(passkeys, [someone.id])).toHaveLength(1)
    await page.getByRole('button', { name: 'Reset second factors' }).click()
    await dialog.getByRole('button', { name: 'Reset second factors' }).click()
    await page.getByText('The second factors are gone').waitFor()
    expect(await given.sql(passkeys, [someone.id])).toEqual([])
    expect((await given.call('GET', '/me', { as: token.as })).status).toBe(401)
    expect((await given.call('GET', '/me', { as: someone.as })).status).toBe(401)

    // One's own is taken away where it is asked whether another way in is left.
    await given.externalIdentity(admin.id, provider, 'admin@contoso')
    await page.goto(`/users/${admin.id}?tab=sign-in`)
    await page.getByText('known there as admin@contoso').waitFor()
    expect(await page.getByRole('button', { name: 'Unlink the identity' }).count()).toBe(0)
    const elsewhere = page.getByRole('main').getByRole('link', { name: 'Password and sessions' })
    expect(await elsewhere.getAttribute('href')).toBe('/settings/security')

    const stranded = await given.person({ tenants: ['any'] })
    await page.goto(`/users/${stranded.id}?tab=sign-in`)
    await page.getByText('No way in').waitFor()
    expect(await hindrancesOn(page)).toEqual([])
    await page.getByRole('button', { name: 'New invitation link' }).click()
    await dialog.getByRole('button', { name: 'Make new link' }).click()
    await dialog.getByText('/accept-invitation#token=', { exact: false }).waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('deactivates, activates and deletes a person, and is told why not the last administrator', async () => {
    const { given } = server
    const someone = await given.withPassword({ tenants: ['any'], name: 'Linus' })
    const { page, complaints, close } = await openPage(browser, server)
    page.on('response', (answer) => {
      if (answer.status() === 400) complaints.push(`${answer.url()} makes no sense`)
    })
    await signInTo(page, `/users/${someone.id}`, admin)
    await page.getByRole('button', { name: 'Deactivate' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('No live token loses anything.').waitFor()
    await dialog.getByRole('button', { name: 'Deactivate' }).click()
    await page.getByText('Deactivated: they can’t sign in').waitFor()
    expect((await given.call('GET', '/me', { as: someone.as })).status).toBe(401)
    await page.getByRole('button', { name: 'Activate' }).click()
    await page.getByRole('button', { name: 'Deactivate' }).waitFor()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await dialog.getByText('No live token loses anything.').waitFor()
    await dialog.getByRole('button', { name: 'Delete user' }).click()
    await page.waitForURL('**/users')
    await heading(page, 'Users').waitFor()

    await page.goto(`/users/${admin.id}`)
    for (const [name, action] of [
      ['Deactivate', 'Deactivate'],
      ['Delete', 'Delete user'],
      ['Remove the role admin', 'Remove grant'],
      ['Remove Every tenant', 'Remove tenant'],
    ] as const) {
      await page.getByRole('button', { name, exact: true }).click()
      const last = 'The platform needs one active administrator of all tenants; this is the last'
      await dialog.getByText(last).waitFor()
      expect(await dialog.getByRole('button', { name: action }).isDisabled()).toBe(true)
      await dialog.getByRole('button', { name: 'Cancel' }).click()
      await dialog.waitFor({ state: 'hidden' })
      expect(await page.evaluate('document.activeElement.textContent')).toBe(
        name.startsWith('Remove') ? 'Remove' : name,
      )
    }
    const [row] = await given.sql('SELECT status, deleted_at FROM users WHERE id = $1', [admin.id])
    expect(row).toEqual({ status: 'active', deleted_at: null })
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})
