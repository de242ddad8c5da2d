import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { byHand, byLibrary } from '../../console/src/pages/webhooks/verify-snippets.ts'
import { reachingUs } from '../modules/webhooks/scene.ts'
import { startBrowser } from '../support/browser.ts'
import { choose } from '../support/choose.ts'
import { openPage, signInTo } from '../support/console.ts'
import { eventually } from '../support/eventually.ts'
import { type Received, type Receiver, startReceiver } from '../support/receiver.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { clipboardOf } from './making-tokens.ts'
import { remainsOf } from './remains.ts'
import { overflowOf } from './scrutiny.ts'

let server: TestServer
let receiver: Receiver
let browser: Browser
beforeAll(async () => {
  receiver = await startReceiver()
  server = await startServer(reachingUs, null, { withWorker: true })
  browser = await startBrowser()
}, 60_000)
beforeEach(() => {
  receiver.received.length = 0
  receiver.answer = 200
})
afterAll(async () => {
  await browser.close()
  await server.close()
  await receiver.close()
})

const both = ['tenants.update', 'tenants.read', 'audit.read']

/** Somebody who may tell others of a tenant's changes, and of nothing else. */
async function keeperOf(name: string, permissions = both) {
  const tenant = await server.given.tenant('production', 'active', name)
  const keeper = await server.given.withPassword({
    tenants: [tenant.id],
    grants: [{ permissions, tenant_id: tenant.id }],
  })
  return { tenant, keeper }
}

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const deliveries = (page: Page) => page.getByRole('table', { name: 'Deliveries' })
const storedOf = async (tenant_id: string) =>
  (await server.database.sql('SELECT * FROM webhooks WHERE tenant_id = $1', [tenant_id]))[0]

/** Copies the secret that is shown, and closes the dialog. */
async function takeSecret(page: Page): Promise<string> {
  const dialog = page.getByRole('dialog', { name: 'The signing secret' })
  await dialog.getByRole('button', { name: 'Copy secret' }).click()
  await dialog.getByText('Copied').waitFor()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await dialog.waitFor({ state: 'detached' })
  return clipboardOf(page)
}

const nextReceived = async (count: number): Promise<Received> => {
  await eventually(async () => receiver.received.length >= count)
  return receiver.received[count - 1] as Received
}

type Verify = (secret: string, headers: Record<string, string>, body: string) => unknown

/** The snippet as somebody copies it into a file of theirs. */
async function verifierOf(code: string): Promise<Verify> {
  const { resolve } = createRequire(import.meta.url)
  const library = `file://${resolve('standardwebhooks')}`
  const module = code.replace("'standardwebhooks'", `'${library}'`)
  return (await import(`data:text/javascript,${encodeURIComponent(module)}`)).verify
}
const verifies = (secret: string, { headers, body }: Received) =>
  new Verifier(secret).verify(body, headers)

describe('Whoever looks after a tenant', () => {
  it('makes a webhook whose secret is shown once, sees a test arrive, and by it verifies what is sent', async () => {
    const { tenant, keeper } = await keeperOf('Acme Insurance')
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/webhooks', keeper)
    await page.getByText('No webhooks yet').waitFor()
    await page.getByRole('link', { name: 'New webhook' }).click()
    await button(page, 'Create webhook').hover()
    await page.getByRole('tooltip').getByText('Choose whose changes first').waitFor()
    await page.getByRole('combobox', { name: 'Whose changes' }).click()
    await page.getByRole('option', { name: 'Acme Insurance' }).waitFor()
    expect(await page.getByRole('option', { name: 'The whole platform' }).count()).toBe(0)
    await choose(page, 'Whose changes', 'Acme Insurance')
    await field(page, 'Address').fill('https://me@example.com/hook')
    await field(page, 'Description').fill('Tells our ticket system')
    await button(page, 'Create webhook').hover()
    await page.getByRole('tooltip').getByText('Choose an event first').waitFor()
    await page.getByRole('checkbox', { name: 'All of token', exact: true }).check()
    await page.getByRole('button', { name: /^user/ }).click()
    await page.getByRole('checkbox', { name: 'user.deactivated' }).check()
    const nothing = await server.traces()
    await button(page, 'Create webhook').click()
    // What is wrong the server says, beside its field.
    await page.getByText('must not hold credentials').waitFor()
    expect(await field(page, 'Address').getAttribute('aria-invalid')).toBe('true')
    expect(await server.traces()).toEqual(nothing)
    await field(page, 'Address').fill(`${receiver.url}/acme`)
    await button(page, 'Create webhook').click()

    const dialog = page.getByRole('dialog', { name: 'The signing secret' })
    await dialog.getByRole('button', { name: 'Done' }).click()
    await dialog.getByText('You haven’t copied the secret').waitFor()
    await dialog.getByRole('button', { name: 'Go back and copy it' }).click()
    const secret = await takeSecret(page)
    await page.getByRole('heading', { level: 1, name: 'Tells our ticket system' }).waitFor()
    expect(await remainsOf(page)).not.toContain(secret)
    expect(await storedOf(tenant.id)).toMatchObject({
      url: `${receiver.url}/acme`,
      description: 'Tells our ticket system',
      event_types: ['token.*', 'user.deactivated'],
      is_enabled: true,
    })

    await page.getByText('Nothing has been sent yet').waitFor()
    await button(page, 'Send test event').click()
    const row = deliveries(page).getByRole('row', { name: /webhook\.test/ })
    await row.getByText('Delivered').waitFor()
    await row.getByText('200', { exact: true }).waitFor()
    const sent = await nextReceived(1)
    await button(page, 'Details of webhook.test').click()
    const details = page.getByRole('dialog', { name: 'webhook.test' })
    await details.getByText(sent.headers['webhook-id'] ?? 'no id').waitFor()
    await details.getByText('"type": "webhook.test"').waitFor()
    await page.keyboard.press('Escape')
    await button(page, 'Send again: webhook.test').click()
    const again = await nextReceived(2)
    expect(again.headers['webhook-id']).toBe(sent.headers['webhook-id'])

    await page.getByRole('tab', { name: 'Verify signatures' }).click()
    await button(page, 'Copy code: By hand, in Node.js').click()
    expect(await clipboardOf(page)).toBe(byHand)
    for (const code of [byHand, byLibrary]) {
      const verify = await verifierOf(code)
      const { headers, body } = again
      expect(verify(secret, headers, body)).toMatchObject({ type: 'webhook.test' })
      expect(() => verify(secret, headers, body.replace('test', 'best'))).toThrow()
      expect(() => verify(`whsec_${btoa('another secret')}`, headers, body)).toThrow()
      const old = `${Number(headers['webhook-timestamp']) - 3600}`
      expect(() => verify(secret, { ...headers, 'webhook-timestamp': old }, body)).toThrow()
    }

    await button(page, 'Rotate secret').click()
    await page.getByText('For 24 hours everything is signed with both').waitFor()
    await button(page, 'Make new secret').click()
    const next = await takeSecret(page)
    expect(next).not.toBe(secret)
    expect(await remainsOf(page)).not.toContain(next)
    await button(page, 'Send test event').click()
    const signedTwice = await nextReceived(3)
    for (const one of [secret, next]) verifies(one, signedTwice)
    const handMade = await verifierOf(byHand)
    expect(handMade(next, signedTwice.headers, signedTwice.body)).toBeTruthy()
    expect(complaints).toEqual([])
    await close()
  }, 90_000)

  it('is told what fails, puts it right, rests it, and deletes it after a question', async () => {
    const { tenant, keeper } = await keeperOf('Borealis Mutual')
    const { id } = await server.given.webhook(tenant.id, { url: `${receiver.url}/wrong` })
    receiver.answer = 500
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, `/webhooks/${id}`, keeper)
    await button(page, 'Send test event').click()
    const waiting = deliveries(page).getByRole('row').filter({ hasText: 'Waiting' })
    await waiting.getByText('answered 500').waitFor()
    // When it happened, and when it is tried again.
    expect(await waiting.locator('time').count()).toBe(2)
    await page.getByText('Nothing arrives at this address').waitFor()
    await waiting.getByRole('button', { name: 'Send again: webhook.test' }).hover()
    await page.getByRole('tooltip').getByText('It is still being sent').waitFor()
    await page.getByRole('combobox', { name: 'Status' }).click()
    await page.getByRole('option', { name: 'Failed' }).click()
    await waiting.waitFor({ state: 'detached' })
    await deliveries(page).getByRole('row').filter({ hasText: 'Failed' }).waitFor()

    receiver.answer = 200
    await page.getByRole('tab', { name: 'Settings' }).click()
    await button(page, 'Save changes').hover()
    await page.getByRole('tooltip').getByText('Nothing is changed yet').waitFor()
    await field(page, 'Address').fill('ftp://example.com')
    await button(page, 'Save changes').click()
    await page.getByText('must be an https URL').waitFor()
    expect(await storedOf(tenant.id)).toMatchObject({ url: `${receiver.url}/wrong` })
    await field(page, 'Address').fill(`${receiver.url}/right`)
    // A look at the log drops nothing of what is typed.
    await page.getByRole('tab', { name: 'Deliveries' }).click()
    await deliveries(page).waitFor()
    await page.getByRole('tab', { name: 'Settings' }).click()
    expect(await field(page, 'Address').inputValue()).toBe(`${receiver.url}/right`)
    await button(page, 'Save changes').click()
    await page.getByText('The changes are saved.').waitFor()
    await page.getByText('Nothing arrives at this address').waitFor({ state: 'detached' })

    await button(page, 'Disable').click()
    const disabling = page.getByRole('dialog', { name: 'Disable this webhook?' })
    await disabling.getByRole('button', { name: 'Disable' }).click()
    await page.getByText('This webhook is disabled').waitFor()
    await button(page, 'Send test event').hover()
    await page.getByRole('tooltip').getByText('It is disabled').waitFor()
    expect(await storedOf(tenant.id)).toMatchObject({ is_enabled: false })
    await button(page, 'Enable').click()
    await page.getByText('It is told of what happens from now on.').waitFor()
    const made = { name: 'one', tenants: [tenant.id] }
    expect((await server.call('POST', '/me/tokens', { as: keeper.as, body: made })).status).toBe(
      201,
    )
    await eventually(async () => receiver.received.some(({ path }) => path === '/right'))
    await page.getByRole('tab', { name: 'Deliveries' }).click()
    const told = deliveries(page).getByRole('row', { name: /token\.created/ })
    await told.getByText('Delivered').waitFor()
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await overflowOf(page)).toBeLessThanOrEqual(0)

    await button(page, 'Delete').click()
    const leaving = page.getByRole('dialog', { name: 'Delete this webhook?' })
    await leaving.getByText(`${receiver.url}/right`).waitFor()
    await leaving.getByRole('button', { name: 'Cancel' }).click()
    await leaving.waitFor({ state: 'detached' })
    expect(await storedOf(tenant.id)).toBeTruthy()
    await button(page, 'Delete').click()
    await leaving.getByRole('button', { name: 'Delete webhook' }).click()
    await page.getByText('No webhooks yet').waitFor()
    expect(await storedOf(tenant.id)).toBeUndefined()
    expect(complaints).toEqual([])
    await close()
  }, 90_000)
})

describe('The menu', () => {
  it('leads to webhooks only who may have any, and offers the platform to who may have it all', async () => {
    const reader = await keeperOf('Harbour & Sons', ['audit.read', 'tenants.read'])
    const mine = await openPage(browser, server)
    await signInTo(mine.page, '/audit', reader.keeper)
    const menu = mine.page.getByRole('navigation', { name: 'Main menu' })
    await menu.getByRole('link', { name: 'Audit log' }).waitFor()
    expect(await menu.getByRole('link', { name: 'Webhooks' }).count()).toBe(0)
    await mine.page.goto('/webhooks')
    await button(mine.page, 'New webhook').hover()
    await mine.page.getByRole('tooltip').getByText('It takes tenants.update').waitFor()
    await mine.close()

    const operator = await server.given.withPassword({
      tenants: ['any'],
      grants: [{ permissions: ['settings.write', 'audit.read'] }],
    })
    await server.given.tenant('production', 'active', 'Lumen Health')
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/audit', operator)
    await page.getByRole('link', { name: 'Webhooks' }).click()
    await page.getByRole('link', { name: 'New webhook' }).click()
    await choose(page, 'Whose changes', 'Lumen Health')
    await page.getByText('You don’t hold the permission: tenants.update').first().waitFor()
    await choose(page, 'Whose changes', 'The whole platform')
    await field(page, 'Address').fill('https://10.0.0.1/all')
    await page.getByRole('checkbox', { name: 'All of grant' }).check()
    // The answer with the secret is lost: sent again it makes no second one, and the way out is told.
    await page.route('**/api/v1/webhooks', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await button(page, 'Create webhook').click()
    await page.getByText('The server can’t be reached.').waitFor()
    await page.unroute('**/api/v1/webhooks')
    await button(page, 'Create webhook').click()
    const lost = page.getByRole('dialog', { name: 'its secret is lost' })
    await lost.getByRole('button', { name: 'Go to the webhook' }).click()
    await button(page, 'Rotate secret').click()
    await button(page, 'Make new secret').click()
    expect(await takeSecret(page)).toMatch(/^whsec_/)
    // Of a new secret, too: made again it would end the one that the receiver has.
    const [made] = await server.database.sql(
      'SELECT id, secret FROM webhooks WHERE tenant_id IS NULL',
    )
    await page.route('**/rotate-secret', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await button(page, 'Rotate secret').click()
    await button(page, 'Make new secret').click()
    await page.getByText('The server can’t be reached.').waitFor()
    await page.unroute('**/rotate-secret')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await button(page, 'Rotate secret').click()
    await button(page, 'Make new secret').click()
    await page
      .getByRole('dialog', { name: 'There is a new secret, but it is lost' })
      .getByRole('button', { name: 'Done' })
      .click()
    const [kept] = await server.database.sql(
      'SELECT previous_secret FROM webhooks WHERE tenant_id IS NULL',
    )
    expect(kept?.['previous_secret']).toEqual(made?.['secret'])
    await page.getByRole('link', { name: 'Webhooks' }).first().click()
    const row = page.getByRole('row', { name: /\/all/ })
    await row.getByText('The whole platform').waitFor()
    await row.getByText('Enabled').waitFor()
    // Inside our network nothing is reached, and the log says what that may be due to.
    await row.getByRole('link').click()
    await button(page, 'Send test event').click()
    await deliveries(page).getByText('could not be reached').waitFor()
    await button(page, 'Details of webhook.test').click()
    await page.getByText('it lies in a private network').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Webhooks' }).first().click()
    await row.getByText('Failing').waitFor()
    await choose(page, 'Tenant', 'Lumen Health')
    await page.getByText('No webhook is told of this tenant’s changes.').waitFor()
    expect([mine.complaints, complaints]).toEqual([[], []])
    await close()
  }, 60_000)
})
