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

const administrator = () =>
  server.given.withPassword({ tenants: ['any'], grants: [{ role: 'admin' }] })

async function roleNamed(as: string, name: string) {
  const { body } = await server.call('GET', `/roles?search=${name}`, { as })
  return body.data.find((role: { name: string }) => role.name === name)
}

/** Opens a resource in the picker and chooses some of its permissions, or takes them away. */
async function choose(page: Page, resource: string, ...names: string[]) {
  const group = page.getByRole('button', { name: new RegExp(`^${resource} (\\d|all)`) })
  if ((await group.getAttribute('aria-expanded')) === 'false') await group.click()
  for (const name of names) await page.getByRole('checkbox', { name }).click()
}

describe('Roles', () => {
  it('are created with permissions and wildcards, found by search, and what the server refuses stands beside its field', async () => {
    const admin = await administrator()
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/roles', admin)
    await page.getByRole('button', { name: 'New role' }).click()
    await page.getByLabel('Name', { exact: true }).fill('read-only')
    await page.getByLabel('Description').fill('Looks after users')
    await choose(page, 'users', 'users.read', 'users.update')
    await page.getByLabel('Search permissions').fill('service accounts tok')
    await page.getByRole('checkbox', { name: 'service_accounts.tokens' }).click()
    await page.getByLabel('Search permissions').fill('')
    await page.getByRole('checkbox', { name: 'All of tenants' }).click()
    await page.getByRole('button', { name: 'Create role' }).click()
    await page.getByText('There is a role of this name').first().waitFor()
    expect(await page.getByLabel('Name', { exact: true }).getAttribute('aria-invalid')).toBe('true')

    await page.getByLabel('Name', { exact: true }).fill('caretaker')
    await page.getByRole('button', { name: 'Create role' }).click()
    await page.getByRole('heading', { level: 1, name: 'caretaker', exact: true }).waitFor()
    expect(await roleNamed(admin.as, 'caretaker')).toMatchObject({
      description: 'Looks after users',
      permissions: ['service_accounts.tokens', 'tenants.*', 'users.read', 'users.update'],
      built_in: false,
    })
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('lose permissions only after the impact on live tokens has been shown', async () => {
    const admin = await administrator()
    const { id: tenant } = await server.given.tenant()
    const { body: role } = await server.call('POST', '/roles', {
      as: admin.as,
      body: { name: 'clerk', permissions: ['tokens.read', 'users.read', 'users.update'] },
    })
    const holder = await server.given.withPassword({
      tenants: [tenant],
      grants: [{ role: 'clerk', tenant_id: tenant }],
    })
    const permissions = ['users.read', 'users.update']
    await server.given.token(holder.id, { name: 'nightly sync', permissions, tenants: [tenant] })
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, `/roles/${role.id}/edit`, admin)
    await choose(page, 'users', 'users.update')
    await page.getByRole('button', { name: 'Save changes' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('1 live token loses something').waitFor()
    await dialog.getByText('nightly sync').waitFor()
    expect((await roleNamed(admin.as, 'clerk')).version).toBe(1)

    await dialog.getByRole('button', { name: 'Save changes' }).click()
    await page.getByRole('heading', { level: 1, name: 'clerk', exact: true }).waitFor()
    expect(await roleNamed(admin.as, 'clerk')).toMatchObject({
      permissions: ['tokens.read', 'users.read'],
      version: 2,
    })
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('that somebody else has changed meanwhile are shown as theirs, and what was typed can go on top', async () => {
    const admin = await administrator()
    const { body: role } = await server.call('POST', '/roles', {
      as: admin.as,
      body: { name: 'auditor', permissions: ['audit.read', 'users.read'] },
    })
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, `/roles/${role.id}/edit`, admin)
    await page.getByLabel('Description').fill('Reads what happened')
    await server.call('PATCH', `/roles/${role.id}`, {
      as: admin.as,
      body: { version: 1, name: 'inspector', permissions: ['audit.read', 'tokens.read'] },
    })
    await page.getByRole('button', { name: 'Save changes' }).click()
    const notice = page.getByRole('alert').filter({ hasText: 'Somebody else has changed' })
    await notice.getByText('inspector').waitFor()
    await notice.getByText('tokens.read').waitFor()
    await notice.getByText('users.read').waitFor()
    expect(await page.getByLabel('Description').inputValue()).toBe('Reads what happened')

    await notice.getByRole('button', { name: 'Keep my changes on top of theirs' }).click()
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByRole('heading', { level: 1, name: 'inspector', exact: true }).waitFor()
    expect(await roleNamed(admin.as, 'inspector')).toMatchObject({
      description: 'Reads what happened',
      permissions: ['audit.read', 'tokens.read'],
      version: 3,
    })
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('are deleted only when nobody holds them; built-in ones say why they stay as they are', async () => {
    const admin = await administrator()
    const { body: role } = await server.call('POST', '/roles', {
      as: admin.as,
      body: { name: 'passing', permissions: ['users.read'] },
    })
    const holder = await server.given.withPassword()
    const { body: grant } = await server.call('POST', `/users/${holder.id}/grants`, {
      as: admin.as,
      body: { role_id: role.id, tenant_id: null },
    })
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/roles?search=passing', admin)
    await page.getByRole('link', { name: 'passing' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete role' }).click()
    await page.getByText('The role is granted 1 times; take these first').waitFor()
    await server.call('DELETE', `/users/${holder.id}/grants/${grant.id}`, { as: admin.as })
    await page.getByRole('dialog').getByRole('button', { name: 'Delete role' }).click()
    await page.getByRole('heading', { level: 1, name: 'Roles' }).waitFor()
    expect((await server.call('GET', `/roles/${role.id}`, { as: admin.as })).status).toBe(404)

    await page.getByRole('link', { name: 'tenant-admin' }).click()
    await page.getByText('This role is built in').waitFor()
    const edit = page.getByRole('button', { name: 'Edit' })
    expect(await edit.getAttribute('aria-disabled')).toBe('true')
    expect(await edit.getAttribute('aria-description')).toBe(
      'Built-in roles can be neither changed nor deleted',
    )
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})
