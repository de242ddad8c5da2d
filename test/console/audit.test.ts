import { readFile } from 'node:fs/promises'
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

const administrator = () =>
  server.given.withPassword({ tenants: ['any'], grants: [{ role: 'admin' }] })

describe('The audit log', () => {
  it('finds what was done by the correlation id of its answer, and shows it before and after', async () => {
    const admin = await administrator()
    const { body: role } = await server.call('POST', '/roles', {
      as: admin.as,
      body: { name: 'clerk', permissions: ['tokens.read', 'users.read'] },
    })
    const { headers } = await server.call('PATCH', `/roles/${role.id}`, {
      as: admin.as,
      body: { version: 1, permissions: ['users.read', 'users.update'] },
    })
    const id = headers.get('x-correlation-id') ?? ''
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/audit', admin)
    await page
      .getByRole('textbox', { name: 'Correlation id' })
      .fill(`Quote this to support: ${id}.`)
    await page.waitForURL((url) => url.searchParams.get('correlation_id') === id)
    await page.getByText('1 event', { exact: true }).waitFor()
    expect(await page.getByRole('textbox', { name: 'Correlation id' }).inputValue()).toBe(id)
    const changes = page.getByRole('table', { name: 'What changed' })
    const permissions = changes.getByRole('row', { name: /^permissions/ })
    await permissions.waitFor()
    expect(await permissions.getByRole('cell').allInnerTexts()).toEqual([
      expect.stringMatching(/Removed:\s+−\s+tokens\.read/),
      expect.stringMatching(/Added:\s+\+\s+users\.update/),
    ])
    await page.getByText('127.0.0.1').waitFor()
    await page.getByText('Sign-in session').waitFor()

    await page.getByRole('button', { name: 'Show only this: Target' }).click()
    await page.getByRole('textbox', { name: 'Correlation id' }).fill('')
    await page.getByText('2 events', { exact: true }).waitFor()
    expect(new URL(page.url()).search).toBe(`?target_id=${role.id}`)
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('pages from the newest to the oldest and back, and finds somebody by name', async () => {
    const admin = await administrator()
    const { id } = await server.given.withPassword({ name: 'Grace Hopper', tenants: ['any'] })
    await server.given.sql(
      `INSERT INTO audit_events (id, at, actor_id, actor_name, action, target_type, target_id, tenant_ids)
       SELECT gen_random_uuid(), now() - n * interval '1 hour', $1, 'Grace Hopper', 'import.' || n, 'import', n::text, '{}'
       FROM generate_series(1, 60) AS n`,
      [id],
    )
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/audit', admin)
    await page.getByRole('combobox', { name: 'Actor' }).fill('grace hop')
    await page.getByRole('option', { name: /Grace Hopper/ }).click()
    await page.getByRole('button', { name: 'import.25', exact: true }).waitFor()
    expect(await page.locator(':is(table, tbody, thead, tr, th, td):not([role])').count()).toBe(0)
    for (const last of ['import.50', 'import.60']) {
      await page.getByRole('button', { name: 'Older' }).click()
      await page.getByRole('button', { name: last, exact: true }).waitFor()
    }
    expect(await page.getByRole('button', { name: 'Older' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Newer' }).click()
    await page.getByRole('button', { name: 'import.50', exact: true }).waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'import.26', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Newest' }).click()
    await page.getByRole('button', { name: 'import.1', exact: true }).waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('is exported as it is filtered, with cells that no spreadsheet runs', async () => {
    const admin = await administrator()
    const hostile = '=HYPERLINK("http://evil")'
    const { body: tenant } = await server.call('POST', '/tenants', {
      as: admin.as,
      body: { slug: 'hostile', name: hostile, type: 'test' },
    })
    await server.given.sql(
      `INSERT INTO audit_events (id, at, actor_name, action, target_type, target_id, tenant_ids)
       SELECT gen_random_uuid(), now(), '@sum; "=cmd', 'import.started', 'import', n::text, ARRAY[$1::uuid]
       FROM generate_series(1, 130) AS n`,
      [tenant.id],
    )
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, `/audit?tenant_id=${tenant.id}`, admin)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ])
    await page.getByText('131 events have been saved to your downloads.').waitFor()
    expect(download.suggestedFilename()).toMatch(/^postern-audit-\d{4}-\d\d-\d\dT\d\d-\d\dZ\.csv$/)
    const csv = await readFile(await download.path(), 'utf8')
    const lines = csv.trim().split('\r\n')
    expect(lines).toHaveLength(132)
    const created = lines.find((line) => line.includes('"tenant.created"'))
    expect(created).toContain(`,"'=HYPERLINK(""http://evil"")",`)
    expect(lines.filter((line) => line.includes(`,"'@sum; ""'=cmd",`))).toHaveLength(130)
    expect(csv).not.toMatch(/(^|[,;])[ "]*[=+\-@]/m)
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('shows who may read it in one tenant only what touched that tenant', async () => {
    const admin = await administrator()
    const [own, other] = [await server.given.tenant(), await server.given.tenant()]
    for (const { id } of [own, other]) {
      const name = id === own.id ? 'Harbour' : 'Borealis'
      await server.call('PATCH', `/tenants/${id}`, { as: admin.as, body: { name } })
    }
    const reader = await server.given.withPassword({
      tenants: [own.id],
      grants: [{ permissions: ['audit.read'], tenant_id: own.id }],
    })
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/audit', reader)
    await page.getByText('1 event', { exact: true }).waitFor()
    await page.getByRole('cell', { name: 'tenant Harbour' }).waitFor()
    expect(await page.getByText('Borealis').count()).toBe(0)
    await page.goto(`/audit?tenant_id=${other.id}`)
    await page.getByText('No event matches these filters.').waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})
