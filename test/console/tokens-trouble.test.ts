import pg from 'pg'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { openPage, signInTo } from '../support/console.ts'
import { eventually } from '../support/eventually.ts'
import { startProcess } from '../support/process.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { create, fillIn, nameField, permissionBox, review, takeSecret } from './making-tokens.ts'

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

/** Somebody who may read roles and settings; the role that says so can be taken. */
async function reader() {
  const person = await server.given.withPassword({ grants: [{ permissions: ['roles.read'] }] })
  const grant = await server.given.grant(person.id, { permissions: ['settings.read'] })
  return { person, grant }
}

const namesOf = async (id: string) => {
  const rows = await server.database.sql<{ name: string }>(
    'SELECT name FROM tokens WHERE owner_id = $1 AND revoked_at IS NULL',
    [id],
  )
  return rows.map(({ name }) => name)
}

describe('While a token is being made', () => {
  it('a right that is lost is told at its field, and nothing that was typed is lost', async () => {
    const { person, grant } = await reader()
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/settings/tokens/new', person)
    await page.getByLabel('Purpose').fill('For the report')
    await fillIn(page, { name: 'Report', permissions: ['roles.read', 'settings.read'] })
    await server.database.sql('DELETE FROM grants WHERE id = $1', [grant])
    await create(page)

    const permissions = page.getByRole('region', { name: 'Permissions' })
    await permissions.getByText('settings.read is not held', { exact: true }).waitFor()
    await page.getByRole('alert').getByText('Quote this to support').waitFor()
    expect(await nameField(page).inputValue()).toBe('Report')
    expect(await page.getByLabel('Purpose').inputValue()).toBe('For the report')
    await permissions.getByText('not held any more').waitFor()
    expect(await namesOf(person.id)).toEqual([])

    await permissionBox(page, 'settings.read').click()
    await permissionBox(page, 'settings.read').waitFor({ state: 'detached' })
    await review(page)
    await create(page)
    const { body } = await server.call('GET', '/me', { as: await takeSecret(page) })
    expect(body.authority).toEqual([{ tenant_id: null, permissions: ['roles.read'] }])
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('a session that ends is begun anew over the form, and the token is made with what was typed', async () => {
    const { person } = await reader()
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/settings/tokens/new', person)
    await fillIn(page, { name: 'Kept', permissions: ['roles.read'] })
    await server.database.sql('UPDATE sessions SET ended_at = now() WHERE user_id = $1', [
      person.id,
    ])
    await create(page)
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
    await dialog.getByLabel('Password', { exact: true }).fill(person.password)
    await dialog.getByRole('button', { name: 'Sign in' }).click()

    const secret = await takeSecret(page)
    expect((await server.call('GET', '/me', { as: secret })).body.credential.name).toBe('Kept')
    expect(await namesOf(person.id)).toEqual(['Kept'])
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('a server that is away is told, and what was typed is sent when it is back', async () => {
    const { person } = await reader()
    const environment = { DATABASE_URL: server.database.url }
    const first = await startProcess(environment)
    const { page, complaints, close } = await openPage(browser, first)
    await signInTo(page, '/settings/tokens/new', person)
    await fillIn(page, { name: 'Patient', permissions: ['roles.read'] })
    await first.stop()
    await create(page)
    await page.getByRole('alert').getByText('The server can’t be reached').first().waitFor()
    expect(await nameField(page).inputValue()).toBe('Patient')

    const again = await startProcess({ ...environment, PORT: new URL(first.url).port })
    await review(page)
    await create(page)
    const secret = await takeSecret(page)
    expect((await again.call('GET', '/me', { as: secret })).status).toBe(200)
    expect(await namesOf(person.id)).toEqual(['Patient'])
    expect(complaints).toEqual([])
    await close()
    await again.stop()
  }, 90_000)

  it('an answer that is lost leaves one token, whose secret nobody has, and offers to delete it', async () => {
    const { person } = await reader()
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/settings/tokens/new', person)
    await fillIn(page, { name: 'Half', permissions: ['roles.read'] })
    const inTheWay = new pg.Client({ connectionString: server.database.url })
    await inTheWay.connect()
    await inTheWay.query('BEGIN')
    await inTheWay.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [person.id])
    await create(page)
    await eventually(async () => {
      const [waiting] = await server.database.sql(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )
      return waiting !== undefined
    })
    // The browser sends the request again by itself, with the same Idempotency-Key.
    server.app.server.closeAllConnections()
    await inTheWay.end()

    const dialog = page.getByRole('dialog', { name: 'The token exists, but its secret is lost' })
    await dialog.getByRole('button', { name: 'Delete it' }).click()
    await page.getByText('0 of 3 used').waitFor()
    expect(await namesOf(person.id)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})
