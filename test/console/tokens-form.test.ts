import type { Browser } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { openPage, signInTo } from '../support/console.ts'
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

const tokensOf = (id: string) =>
  server.database.sql<{ name: string; permissions: string[]; tenants: string[]; ends: Date }>(
    'SELECT name, permissions, tenants, expires_at AS ends FROM tokens WHERE owner_id = $1',
    [id],
  )

/** Who is tried again looks for another one. */
let needles = 0

async function tenantNamed(name: string) {
  const tenant = await server.given.tenant()
  await server.database.sql('UPDATE tenants SET name = $2 WHERE id = $1', [tenant.id, name])
  return tenant
}

describe('The form for a new token', () => {
  it('takes the proposals of a link, tells which it can’t take, and sends nothing by itself', async () => {
    const acme = await tenantNamed('Acme')
    const foreign = await tenantNamed('Foreign')
    const person = await server.given.withPassword({
      tenants: [acme.id],
      grants: [{ permissions: ['users.read', 'users.update'] }],
    })
    const link = new URLSearchParams({
      name: 'From a link',
      description: 'For the dashboard',
      permissions: 'users.read,users.deactivate,no.such',
      tenants: `${acme.id},${foreign.id},any`,
      expires_in_days: '90',
    })
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, `/settings/tokens/new?${link}`, person)
    await page.getByText('This form was filled in by a link.').waitFor()
    const report = page.getByRole('status').filter({ hasText: 'left out' })
    await report.waitFor()
    expect(await report.getByRole('listitem').allInnerTexts()).toEqual([
      'users.deactivate is not held, or doesn’t exist',
      'no.such is not held, or doesn’t exist',
      `${foreign.id} is not within reach, or doesn’t exist`,
      'any is not within reach, or doesn’t exist',
    ])
    expect(await nameField(page).inputValue()).toBe('From a link')
    expect(await page.getByRole('radio', { name: '90 days' }).isChecked()).toBe(true)
    expect(await permissionBox(page, 'users.read').isChecked()).toBe(true)
    expect(await permissionBox(page, 'users.update').isChecked()).toBe(false)
    expect(await tokensOf(person.id)).toEqual([])

    await review(page)
    expect(await tokensOf(person.id)).toEqual([])
    await create(page)
    await takeSecret(page)
    expect(await tokensOf(person.id)).toMatchObject([
      { name: 'From a link', permissions: ['users.read'], tenants: [acme.id] },
    ])
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('says at its field what is missing or wrong: here, and in the server’s words', async () => {
    const person = await server.given.withPassword({ grants: [{ permissions: ['roles.read'] }] })
    await server.given.token(person.id, { name: 'Taken' })
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/settings/tokens/new', person)
    await page.getByRole('button', { name: 'Review' }).click()
    await page.getByText('Give the token a name').waitFor()
    await page.getByText('Choose at least one permission').waitFor()
    expect(await nameField(page).and(page.locator(':focus')).count()).toBe(1)
    await page.getByText('Never', { exact: true }).click()
    await nameField(page).fill('Taken')
    await permissionBox(page, 'roles.read').check()
    await page.getByRole('button', { name: 'Review' }).click()
    await page.getByText('Say that you understand this, or choose an end').waitFor()
    await page.getByLabel('I understand that this token never expires').check()
    await review(page)
    await page.getByText('Until somebody deletes it, the token “Taken” may').waitFor()
    await create(page)
    await page.getByText('There is a live token of this name').first().waitFor()
    await nameField(page).fill('Free')
    await review(page)
    await create(page)
    await takeSecret(page)
    const made = (await tokensOf(person.id)).find(({ name }) => name === 'Free')
    expect(made).toMatchObject({ ends: null, permissions: ['roles.read'], tenants: [] })
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('offers no longer life than the platform allows, and says so; an instant is taken in one’s own zone', async () => {
    const { given, database } = server
    const person = await given.withPassword({ grants: [{ permissions: ['roles.read'] }] })
    await database.sql(
      'UPDATE settings SET max_token_lifetime_days = 45, default_token_lifetime_days = 14',
    )
    const { page, complaints, close } = await openPage(browser, server, {
      timezoneId: 'America/New_York',
    })
    await signInTo(page, '/settings/tokens/new?expires_in_days=60', person)
    await page.getByText('A lifetime of 60 days is not offered here').waitFor()
    await page.getByText('at most 45 days').waitFor()
    const choices = page.getByRole('radiogroup', { name: 'Expires in' }).locator('label')
    expect(await choices.allInnerTexts()).toEqual([
      '7 days',
      '14 days',
      '30 days',
      '45 days',
      'Date and time',
    ])
    expect(await page.getByRole('radio', { name: '14 days' }).isChecked()).toBe(true)

    const day = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)
    await page.getByText('Date and time', { exact: true }).click()
    await page.getByText('In your time zone, America/New_York').waitFor()
    await page.getByLabel('Expires at').fill(`${day}T09:30`)
    await fillIn(page, { name: 'Zoned', permissions: ['roles.read'] })
    await page.getByText(/, 09:30 (GMT-5|GMT-4|EST|EDT)/).waitFor()
    await create(page)
    await takeSecret(page)
    const [made] = await tokensOf(person.id)
    const there = new Intl.DateTimeFormat('sv', {
      dateStyle: 'short',
      timeStyle: 'short',
      timeZone: 'America/New_York',
    })
    expect(there.format(made?.ends)).toBe(`${day} 09:30`)
    await database.sql(
      'UPDATE settings SET max_token_lifetime_days = NULL, default_token_lifetime_days = 30',
    )
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('gives words of a tenant scope to those who have them, and finds one tenant of many', async () => {
    const { given } = server
    const person = await given.withPassword({
      tenants: ['any'],
      grants: [{ permissions: ['users.read'] }],
    })
    needles += 1
    const needle = `Needle ${needles}`
    const wanted = await tenantNamed(needle)
    await Promise.all(Array.from({ length: 110 }, (_, at) => tenantNamed(`Hay ${at}`)))
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/settings/tokens/new', person)
    await page.getByText('There are more: search for those that you don’t see.').waitFor()
    await page.getByLabel('Search tenants').fill(needle.toLowerCase())
    await page.getByRole('checkbox', { name: needle }).check()
    await page.getByLabel('Search tenants').fill('')
    await fillIn(page, {
      name: 'Words',
      tenants: ['Every test tenant'],
      permissions: ['users.read'],
    })
    await page.getByText(`… in ${needle} and Every test tenant`).waitFor()
    await create(page)
    await takeSecret(page)
    expect(await tokensOf(person.id)).toMatchObject([{ tenants: [wanted.id, 'type:test'] }])
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('is broken by no name, however it is written', async () => {
    const hostile = '<img src=x onerror=alert(1)>'
    const rtl = 'שלום عالم — בדיקה'
    const long = 'x'.repeat(100)
    const emoji = '👩‍👩‍👧‍👦'.repeat(9)
    const [a, b] = [await tenantNamed(`${hostile} ${rtl}`), await tenantNamed(long)]
    const person = await server.given.withPassword({
      name: `${hostile} ${rtl}`,
      tenants: [a.id, b.id],
      grants: [{ permissions: ['users.read'] }],
      token_limit: 10,
    })
    for (const name of [rtl, long, emoji]) await server.given.token(person.id, { name })
    const { page, complaints, close } = await openPage(browser, server, {
      viewport: { width: 390, height: 844 },
    })
    await signInTo(page, `/settings/tokens/new?tenants=${uuidv7()},<b>x</b>`, person)
    await page.getByRole('checkbox', { name: long }).check()
    await fillIn(page, { name: hostile, tenants: [hostile], permissions: ['users.read'] })
    const isWide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth'
    expect(await page.evaluate(isWide)).toBe(false)
    await create(page)
    await takeSecret(page)
    for (const name of [hostile, rtl, long, emoji]) {
      await page.getByRole('link', { name, exact: true }).waitFor()
    }
    expect(await page.evaluate(isWide)).toBe(false)
    await page.getByRole('link', { name: hostile, exact: true }).click()
    await page.getByRole('heading', { level: 1, name: hostile }).waitFor()
    await page.getByRole('heading', { level: 3, name: long }).waitFor()
    expect(await page.evaluate(isWide)).toBe(false)
    expect(await page.locator('img[src="x"], b').count()).toBe(0)
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})
