import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { openPage, signInTo } from '../support/console.ts'
import { startServer, type TestServer } from '../support/server.ts'

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
}, 60_000)
afterAll(async () => {
  await browser.close()
  await server.close()
})

const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true })

describe('The list of users', () => {
  it('searches and pages a thousand people, whatever they are called', async () => {
    const { given } = server
    await given.sql(
      `INSERT INTO users (id, email, name, status)
       SELECT gen_random_uuid(), 'n' || n || '@crowd.example', 'Crowd ' || lpad(n::text, 4, '0'), 'active'
       FROM generate_series(1, 1000) AS n`,
    )
    const names = ['<img src=x onerror=alert(1)>', 'مستخدم تجريبي', 'W'.repeat(100)]
    for (const name of names) await given.withPassword({ tenants: ['any'], name })
    const { page, complaints, close } = await openPage(browser, server)
    page.on('dialog', () => complaints.push('a script of a name has run'))
    await signInTo(page, '/users?search=crowd', admin)
    await page.getByText('1–20 of 1000').waitFor()
    await page.getByRole('button', { name: 'Page 50' }).click()
    await page.getByRole('link', { name: 'Crowd 1000' }).waitFor()
    expect(new URL(page.url()).searchParams.get('page')).toBe('50')
    expect(await page.locator(':is(table, tbody, thead, tr, th, td):not([role])').count()).toBe(0)
    await page.goBack()
    await page.getByRole('link', { name: 'Crowd 0001' }).waitFor()
    await page.goto('/users?search=crowd&page=51')
    await page.getByText('981–1000 of 1000').waitFor()
    await page.getByRole('link', { name: 'Crowd 1000' }).waitFor()
    expect(new URL(page.url()).searchParams.get('page')).toBe('50')
    await page.getByRole('button', { name: 'E-mail address' }).click()
    await page.getByRole('searchbox').fill('n77@crowd')
    await page.getByText('1–1 of 1').waitFor()
    await page.getByRole('searchbox').fill('nobody of that name')
    await page.getByText('Nobody matches').waitFor()

    for (const name of names) {
      await page.getByRole('searchbox').fill(name)
      await page.getByRole('link', { name, exact: true }).click()
      await heading(page, name).waitFor()
      const isWider = 'document.documentElement.scrollWidth > innerWidth'
      expect(await page.evaluate(isWider)).toBe(false)
      await page.getByRole('button', { name: 'Delete', exact: true }).click()
      await page.getByRole('dialog').getByText(name).waitFor()
      await page.goto('/users')
    }
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('shows who may only read and invite why the rest is closed to them', async () => {
    const { given } = server
    const acme = await given.tenant('test', 'active', 'Gamma Life')
    const other = await given.tenant()
    const reader = await given.withPassword({
      tenants: [acme.id],
      grants: [{ permissions: ['users.read', 'users.create'], tenant_id: acme.id }],
      name: 'Reader',
    })
    const colleague = await given.withPassword({ tenants: [acme.id], name: 'Colleague' })
    const stranger = await given.withPassword({ tenants: [other.id], name: 'Stranger' })
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/users', reader)
    await page.getByRole('link', { name: 'Colleague' }).click()
    await heading(page, 'Colleague').waitFor()
    for (const [name, permission] of [
      ['Rename', 'users.update'],
      ['Deactivate', 'users.deactivate'],
      ['Add tenant', 'tenants.members'],
      ['Add grant', 'users.grants'],
      ['Remove Gamma Life', 'tenants.members'],
    ] as const) {
      const button = page.getByRole('button', { name, exact: true })
      await button.hover()
      await page.getByRole('tooltip').getByText(permission).first().waitFor()
      expect(await button.getAttribute('aria-description')).toContain(permission)
      expect(await button.getAttribute('aria-disabled')).toBe('true')
      await button.press('Enter')
      expect(await page.getByRole('dialog').count()).toBe(0)
    }
    expect(await page.getByRole('tab', { name: 'Tokens' }).count()).toBe(0)
    await page.goto(`/users/${stranger.id}`)
    await page.getByText('This page doesn’t exist, or you may not see it.').waitFor()
    await page.goto('/users/new')
    await page.getByRole('combobox', { name: 'Tenant scope' }).click()
    await page.getByRole('option', { name: 'Gamma Life' }).waitFor()
    expect(await page.getByRole('option').count()).toBe(1)
    expect((await given.sql('SELECT name FROM users WHERE id = $1', [colleague.id]))[0]).toEqual({
      name: 'Colleague',
    })
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})
