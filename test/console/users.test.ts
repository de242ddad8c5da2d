import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
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

const administrator = () =>
  server.given.withPassword({ tenants: ['any'], grants: [{ role: 'admin' }], name: 'Grace Hopper' })

/** Opens a field that searches as one types, and takes what it has found. */
async function choose(page: Page, label: string, name: string) {
  await page.getByRole('combobox', { name: label }).or(page.getByLabel(label)).first().fill(name)
  await page.getByRole('option', { name }).first().click()
}

async function named(name: string, type: 'test' | 'production' = 'test') {
  const tenant = await server.given.tenant(type)
  await server.given.sql('UPDATE tenants SET name = $2 WHERE id = $1', [tenant.id, name])
  return { ...tenant, name }
}

describe('Users', () => {
  it('are invited with a link that is shown once, and given tenants and roles', async () => {
    const admin = await administrator()
    const acme = await named('Acme Insurance')
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/users', admin)
    await page.screenshot({ path: '/tmp/c3/users.png' })
    await page.getByRole('link', { name: 'Invite a user' }).click()
    await page.getByLabel('Name').fill('Ada Lovelace')
    await page.getByLabel('E-mail address').fill('ada@example.com')
    await choose(page, 'Tenant scope', acme.name)
    await page.screenshot({ path: '/tmp/c3/invite.png' })
    await page.getByRole('button', { name: 'Invite', exact: true }).click()
    const link = await page.getByLabel('Invitation link').inputValue()
    expect(link).toMatch(/accept-invitation#token=/)
    await page.screenshot({ path: '/tmp/c3/invitation.png' })
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'I have passed it on' }).click()
    await page.getByText('You have not copied the link').waitFor()
    await page.getByRole('button', { name: 'Copy', exact: true }).click()
    await page.getByRole('button', { name: 'I have passed it on' }).click()
    await page.getByRole('heading', { level: 1, name: 'Ada Lovelace' }).waitFor()
    expect(await page.content()).not.toContain(link.split('#')[1])
    await choose(page, 'Role', 'read-only')
    await choose(page, 'Where', acme.name)
    await page.getByRole('button', { name: 'Add grant' }).click()
    await page.getByRole('button', { name: 'Remove the role read-only' }).waitFor()
    await page.screenshot({ path: '/tmp/c3/user.png', fullPage: true })
    await page.getByRole('tab', { name: 'Effective permissions' }).click()
    await page.screenshot({ path: '/tmp/c3/effective.png', fullPage: true })
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})
