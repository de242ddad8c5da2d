import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventsIn, pathIn } from '../modules/calendar-feeds/scene.ts'
import { startBrowser } from '../support/browser.ts'
import { openPage, signInTo } from '../support/console.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { clipboardOf } from './making-tokens.ts'
import { remainsOf } from './remains.ts'

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

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)

/** Copies the address that is shown, and closes the dialog. */
async function takeAddress(page: Page): Promise<string> {
  const dialog = page.getByRole('dialog', { name: 'The address of your calendar' })
  await dialog.getByRole('button', { name: 'Copy address' }).click()
  await dialog.getByText('Copied').waitFor()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await dialog.waitFor({ state: 'detached' })
  return clipboardOf(page)
}

/** What a calendar shows that subscribes to it: it signs in nowhere. */
async function shownAt(address: string): Promise<string[] | number> {
  const { status, text } = await server.call('GET', pathIn(address))
  return status === 200 ? eventsIn(text).map(({ SUMMARY }) => SUMMARY ?? '') : status
}

describe('Mails that one can do without', () => {
  it('are turned off and on, found by who looks at their tokens; where saving fails it says so', async () => {
    const person = await server.given.withPassword()
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/settings/tokens', person)
    await page.getByRole('link', { name: 'How to hear of it before one expires' }).click()
    await page.getByText(`They go to ${person.email}.`).waitFor()
    await page.getByText('such a token, where a tenant has blocked it').waitFor()
    const chosen = async () =>
      (await server.call('GET', '/me/notices', { as: person.as })).body.token_expiry
    const box = page.getByRole('switch', { name: 'Tokens that expire' })
    expect([await box.isChecked(), await chosen()]).toEqual([true, true])
    await box.click()
    await page.getByText('Saved: you get these mails no more.').waitFor()
    expect([await box.isChecked(), await chosen()]).toEqual([false, false])
    await page.reload()
    await box.waitFor()
    expect(await box.isChecked()).toBe(false)

    await page.context().setOffline(true)
    await box.click()
    await page.getByRole('alert').getByText('The server can’t be reached.').waitFor()
    expect(await box.isChecked()).toBe(false)
    expect(await page.getByText('Saved').count()).toBe(0)
    await page.context().setOffline(false)
    await box.click()
    await page.getByText('Saved: you get these mails.').waitFor()
    expect([await box.isChecked(), await chosen()]).toEqual([true, true])
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})

describe('The calendar of when one’s tokens expire', () => {
  it('has an address that is shown once and works, until another takes its place or it is deleted', async () => {
    const person = await server.given.withPassword()
    const other = await server.given.withPassword()
    await server.given.token(person.id, { name: 'CI pipeline', expires_at: inDays(20) })
    await server.given.token(other.id, { name: 'Not mine', expires_at: inDays(20) })
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, '/settings/notices', person)
    await page.getByText('There is no address yet.').waitFor()
    await button(page, 'Get an address').click()
    const dialog = page.getByRole('dialog', { name: 'The address of your calendar' })
    await dialog.getByText('Google Calendar').waitFor()
    await page.keyboard.press('Escape')
    await dialog.getByRole('button', { name: 'Done' }).click()
    await dialog.getByText('You haven’t copied the address').waitFor()
    await dialog.getByRole('button', { name: 'Go back and copy it' }).click()
    const first = await takeAddress(page)
    expect(await remainsOf(page)).not.toContain(pathIn(first))
    expect(await shownAt(first)).toEqual([expect.stringContaining('CI pipeline')])
    await page.reload()
    await page.getByText('There is an address, made').waitFor()
    expect(await page.getByText('postern_cal_').count()).toBe(0)

    await button(page, 'Replace').click()
    const replacing = page.getByRole('dialog', { name: 'Get another address?' })
    await replacing.getByRole('button', { name: 'Cancel' }).click()
    await replacing.waitFor({ state: 'detached' })
    expect(await shownAt(first)).toHaveLength(1)
    const taken: string[] = [first]
    // Each is another one, however often.
    for (const _ of ['once', 'twice']) {
      await button(page, 'Replace').click()
      await replacing.getByRole('button', { name: 'Get another address' }).click()
      taken.push(await takeAddress(page))
    }
    expect(new Set(taken).size).toBe(3)
    const [, second = '', third = ''] = taken
    expect([await shownAt(first), await shownAt(second)]).toEqual([404, 404])
    expect(await shownAt(third)).toHaveLength(1)

    await button(page, 'Delete').click()
    const leaving = page.getByRole('dialog', { name: 'Delete the address of your calendar?' })
    await leaving.getByRole('button', { name: 'Delete address' }).click()
    await page.getByText('There is no address yet.').waitFor()
    expect(await shownAt(third)).toBe(404)
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('gives an address that works also where the answer with the first was lost', async () => {
    const person = await server.given.withPassword()
    const { page, close } = await openPage(browser, server)
    await signInTo(page, '/settings/notices', person)
    const path = '**/api/v1/me/calendar-feed'
    await page.route(path, async (route) => {
      if (route.request().method() !== 'POST') return route.fallback()
      await route.fetch()
      await route.abort()
    })
    await button(page, 'Get an address').click()
    await page.getByText('The server can’t be reached.').waitFor()
    await page.unroute(path)
    await button(page, 'Get an address').click()
    expect(await shownAt(await takeAddress(page))).toEqual([])
    await close()
  }, 60_000)
})
