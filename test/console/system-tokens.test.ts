import type { Browser } from 'playwright-core'
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

const list = '/system/tokens'
const statusOf = async (as: string) => (await server.call('GET', '/tenants', { as })).status

describe('System Configuration → API Tokens', () => {
  it('gives an administrator a token that works everywhere, until it is deleted there', async () => {
    const { given, call } = server
    const admin = await given.withPassword({ tenants: ['any'], grants: [{ role: 'admin' }] })
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, list, admin)
    await page.getByText('No system tokens').waitFor()

    await page.getByRole('link', { name: 'New system token' }).click()
    await page.getByText('It may do everything, in every tenant').waitFor()
    // What is taken if nothing is chosen: the platform's default, as a day.
    expect(await page.getByRole('radio', { name: '30 days' }).isChecked()).toBe(true)
    await page.getByRole('status').filter({ hasText: 'Expires' }).waitFor()
    await page.getByRole('button', { name: 'Create system token' }).click()
    await page.getByText('Give the token a name').waitFor()
    await page.getByLabel('Name').fill('Terraform')
    await page.getByText('Never', { exact: true }).click()
    await page.getByRole('button', { name: 'Create system token' }).click()
    expect((await call('GET', list, { as: admin.as })).body.total).toBe(0)
    await page.getByRole('checkbox').check()
    await page.getByRole('button', { name: 'Create system token' }).click()

    const dialog = page.getByRole('dialog', { name: 'Your new token' })
    const secret = await dialog.getByLabel('Token “Terraform”').inputValue()
    expect(secret).toMatch(/^postern_sys_/)
    expect(await statusOf(secret)).toBe(200)
    await dialog.getByRole('button', { name: 'Copy token' }).click()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await page.content()).not.toContain(secret)

    const row = page.getByRole('row').filter({ hasText: 'Terraform' })
    await row.getByText('Never', { exact: true }).waitFor()
    await row.getByText('New', { exact: true }).waitFor()
    await row.getByRole('button', { name: 'Delete Terraform' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete token' }).click()
    await row.waitFor({ state: 'detached' })
    expect(await statusOf(secret)).toBe(401)

    await page.getByRole('switch', { name: 'Show ended tokens' }).click()
    await row.getByText('Deleted', { exact: true }).waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('are not on the menu of who may not manage them, and say why when they are asked for', async () => {
    const person = await server.given.withPassword()
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, list, person)

    await page.getByRole('alert').getByText('system_tokens.manage').waitFor()
    expect(await page.getByRole('link', { name: 'API Tokens' }).count()).toBe(0)
    await page.getByRole('button', { name: 'New system token' }).hover()
    await page.getByText('You don’t hold the permission: system_tokens.manage').waitFor()
    await page.goto(`${list}/new`)
    await page.getByLabel('Name').fill('Mine')
    await page.getByRole('button', { name: 'Create system token' }).click()
    await page.getByRole('alert').getByText('system_tokens.manage').waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})
