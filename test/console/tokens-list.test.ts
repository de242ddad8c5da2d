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
const inDays = (days: number) => new Date(Date.now() + days * dayMs)

describe('One’s own tokens', () => {
  it('are counted and filtered by cards, with the ended ones on request and why they ended', async () => {
    const { given, call } = server
    const person = await given.withPassword({ token_limit: 4 })
    await given.token(person.id, { name: 'Plain', expires_at: inDays(100) })
    await given.token(person.id, { name: 'Soon', expires_at: inDays(5) })
    await given.token(person.id, { name: 'Old', created_at: inDays(-120) })
    const gone = await given.token(person.id, { name: 'Gone' })
    await given.token(person.id, { name: 'Over', expires_at: new Date(Date.now() - 500) })
    await call('DELETE', `/me/tokens/${gone.id}`, { as: person.as })

    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/settings/tokens', person)
    const names = () => page.getByRole('table').getByRole('link').allInnerTexts()
    await page.getByText('3 of 4 used').waitFor()
    await page.getByRole('link', { name: 'Soon' }).waitFor()
    expect((await names()).sort()).toEqual(['Old', 'Plain', 'Soon'])
    for (const [card, one] of [
      ['Expiring soon', 'Soon'],
      ['Never expire', 'Old'],
      ['Idle', 'Old'],
    ] as const) {
      const button = page.getByRole('group', { name: 'Show only' }).getByRole('button', {
        name: card,
      })
      await eventually(async () => /1$/.test(await button.innerText()))
      await button.click()
      await page.getByText('1–1 of 1').waitFor()
      await eventually(async () => (await names()).join() === one)
      await button.click()
      await page.getByText('1–3 of 3').waitFor()
    }
    await page.getByRole('button', { name: /^Active/ }).click()
    await page.getByLabel('Search by name').fill('lai')
    await eventually(async () => (await names()).join() === 'Plain')
    await page.getByLabel('Search by name').fill('nothing like it')
    await page.getByRole('button', { name: 'Show all' }).click()
    await page.getByText('1–3 of 3').waitFor()
    expect(await page.getByLabel('Search by name').inputValue()).toBe('')
    await page.getByLabel('Show ended tokens').click()
    const row = page.getByRole('row', { name: /Gone/ })
    await row.getByText('by you: deleted by its owner').waitFor()
    await row.getByText('Deleted', { exact: true }).waitFor()
    await page.getByRole('row', { name: /Over/ }).getByText('Expired').waitFor()
    await page.getByRole('row', { name: /Soon/ }).getByText('1 permission').click()
    await page.getByText('tenants.read', { exact: true }).waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('leave no room at the limit, where one is told to delete one or ask for more', async () => {
    const { given, call, database } = server
    const person = await given.withPassword()
    for (const name of ['One', 'Two', 'Three']) await given.token(person.id, { name })
    const admin = await given.admin()
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/settings/tokens', person)
    await page.getByText('3 of 3 used').waitFor()
    const button = page.getByRole('button', { name: 'New token' })
    expect(await button.getAttribute('aria-disabled')).toBe('true')
    expect(await button.getAttribute('aria-description')).toContain('may have 3')
    await button.click({ force: true })
    expect(new URL(page.url()).pathname).toBe('/settings/tokens')

    const ask = async (reason: string) => {
      await page.getByLabel('What for?').fill(reason)
      await page.getByRole('button', { name: 'Send request' }).click()
    }
    await page.getByRole('button', { name: 'ask for more' }).click()
    await ask(' ')
    await page.getByText('must be 1 to 500 characters that say why').first().waitFor()
    await ask('Four regions')
    await page.getByText('Your request for 5 tokens waits for its decision.').waitFor()
    const [asked] = await database.sql<{ id: string; requested_limit: number; reason: string }>(
      'SELECT id, requested_limit, reason FROM token_limit_requests WHERE user_id = $1',
      [person.id],
    )
    expect(asked).toMatchObject({ requested_limit: 5, reason: 'Four regions' })

    const reason = 'One for all of them will do'
    const path = `/token-limit-requests/${asked?.id}`
    await call('POST', `${path}/deny`, { as: admin.as, body: { reason } })
    await page.reload()
    await page.getByText(`Your request for 5 tokens was denied: ${reason}`).waitFor()
    await page.getByRole('button', { name: 'ask for more' }).click()
    await page.getByRole('dialog').getByText('Denied', { exact: true }).waitFor()
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'Delete Two' }).click()
    await page.getByRole('dialog').getByText('It has never been used.').waitFor()
    await page.getByRole('button', { name: 'Delete token' }).click()
    await page.getByText('2 of 3 used').waitFor()
    await page.getByRole('link', { name: 'New token' }).waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('are a start for others, as usual sets of what is held are', async () => {
    const { given } = server
    const acme = await given.tenant()
    const person = await given.withPassword({
      tenants: [acme.id],
      grants: [{ permissions: ['users.read', 'users.create', 'audit.read'] }],
    })
    const first = await given.token(person.id, {
      name: 'First',
      permissions: ['users.create', 'tenants.read'],
      tenants: [acme.id],
    })
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/settings/tokens/new', person)
    const chosen = () =>
      page
        .getByRole('region', { name: 'Permissions' })
        .getByRole('checkbox', { checked: true })
        .count()
    await page.getByRole('button', { name: 'Audit export' }).click()
    await page.getByRole('button', { name: 'Remove audit.read' }).waitFor()
    expect(await chosen()).toBe(1)
    await page.getByRole('button', { name: 'Read only' }).click()
    await page.getByRole('button', { name: 'Remove users.read' }).waitFor()
    expect(await chosen()).toBe(2)
    expect(await page.getByRole('button', { name: 'Service accounts' }).count()).toBe(0)

    await page.getByRole('button', { name: 'An existing token' }).click()
    await page.getByRole('menuitem', { name: 'First' }).click()
    await page.getByText('tenants.read is not held, or doesn’t exist').waitFor()
    await page.getByRole('button', { name: 'Remove users.create' }).waitFor()
    expect(await chosen()).toBe(1)
    expect(await page.getByRole('checkbox', { name: acme.slug }).isChecked()).toBe(true)
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('First 2')

    // To be replaced, it may be older than all that are listed.
    const ended = { revoked: true, created_at: new Date() }
    await Promise.all(Array.from({ length: 100 }, () => given.token(person.id, ended)))
    await page.goto(`/settings/tokens/new?from=${first.id}`)
    await page.getByRole('button', { name: 'Remove users.create' }).waitFor()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('First 2')
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('show what each one stores beside what is in force, and why the rest is not', async () => {
    const { given, call, database } = server
    const [acme, beta] = [await given.tenant(), await given.tenant()]
    await database.sql(`UPDATE tenants SET name = 'Acme' WHERE id = $1`, [acme.id])
    await database.sql(`UPDATE tenants SET name = 'Beta' WHERE id = $1`, [beta.id])
    const person = await given.withPassword({
      tenants: [acme.id, beta.id],
      grants: [{ permissions: ['users.read'] }],
    })
    const token = await given.token(person.id, {
      name: 'Sync',
      permissions: ['users.read', 'users.create'],
      tenants: [acme.id, beta.id],
    })
    await call('PUT', `/tenants/${beta.id}/tokens/${token.id}/block`, {
      as: (await given.admin()).as,
      body: { reason: 'not here' },
    })
    await call('GET', '/me', { as: token.as })
    const used = 'SELECT FROM token_usage WHERE token_id = $1'
    await eventually(async () => (await database.sql(used, [token.id])).length > 0)

    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, `/settings/tokens/${token.id}`, person)
    const place = (name: string) =>
      page.getByRole('region', { name: 'What it may do' }).locator('section', {
        has: page.getByRole('heading', { name }),
      })
    await place('Acme').getByText('1 of 2 in force').waitFor()
    expect(await place('Acme').getByRole('deletion').allInnerTexts()).toEqual(['users.create'])
    await place('Acme').getByText('its owner doesn’t hold the permission here').waitFor()
    expect(await place('Beta').getByRole('deletion').allInnerTexts()).toEqual([
      'users.create',
      'users.read',
    ])
    await place('Beta').getByText('this tenant has blocked the token').first().waitFor()
    await page.getByText(token.id).waitFor()

    await page.getByRole('link', { name: 'replace this token' }).click()
    await page.getByText('users.create is not held, or doesn’t exist').waitFor()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Sync 2')
    expect(await page.getByRole('checkbox', { name: 'users.read' }).isChecked()).toBe(true)
    expect(await page.getByRole('checkbox', { name: 'Acme' }).isChecked()).toBe(true)
    await page.goBack()

    await page.getByRole('button', { name: 'Delete token' }).click()
    const dialog = page.getByRole('dialog', { name: 'Delete this token?' })
    await dialog.getByText(/^Last used .* from 127\.0\.0\.1\.$/).waitFor()
    await dialog.getByRole('button', { name: 'Delete token' }).click()
    await page.getByRole('heading', { name: 'You have no tokens' }).waitFor()
    expect((await call('GET', '/me', { as: token.as })).status).toBe(401)
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})
