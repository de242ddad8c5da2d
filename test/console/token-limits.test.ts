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

const path = '/system/token-limit-requests'
const admin = () =>
  server.given.withPassword({ tenants: ['any'], grants: [{ role: 'admin' }], name: 'Root' })

/** Somebody who has used up what they have, and asks for more. */
async function asking(name: string, reason: string) {
  const { given, call } = server
  const person = await given.withPassword({ name })
  for (const each of ['a', 'b', 'c']) await given.token(person.id, { name: each })
  await call('POST', '/me/token-limit-requests', {
    as: person.as,
    body: { requested_limit: 5, reason },
  })
  return person
}

const limitOf = async (as: string) => (await server.call('GET', '/me', { as })).body.token_limit
const decisionOf = async (as: string) =>
  (await server.call('GET', '/me/token-limit-requests', { as })).body.data[0]

describe('Token-limit requests', () => {
  it('are decided by who may: with another limit until a date, or denied with a reason', async () => {
    const ada = await asking('Ada Lovelace', 'One for each region')
    const bob = await asking('Bob <b>Bold</b>', 'I like tokens')
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, path, await admin())
    const rowOf = (name: string) => page.getByRole('row').filter({ hasText: name })
    await rowOf('Ada Lovelace').getByText('3 of 3').waitFor()
    await rowOf('Ada Lovelace').getByText('One for each region').waitFor()

    await page.getByRole('button', { name: 'Approve the request of Ada Lovelace' }).click()
    const approving = page.getByRole('dialog', { name: 'More tokens for' })
    await approving.getByText('Uses 3 of 3 live tokens now, and asks for 5.').waitFor()
    await approving.getByLabel('Live tokens at once').fill('11')
    await approving.getByRole('button', { name: 'Approve' }).click()
    await approving.getByText('must be <= 10').waitFor()
    await approving.getByLabel('Live tokens at once').fill('4')
    await approving.getByRole('radio', { name: 'Until a date' }).check()
    await approving.getByLabel('Until the end of').fill('2099-06-30')
    await approving.getByText('then the usual limit holds again').waitFor()
    await approving.getByRole('button', { name: 'Approve' }).click()
    await approving.waitFor({ state: 'detached' })
    await rowOf('Ada Lovelace').waitFor({ state: 'detached' })
    expect(await limitOf(ada.as)).toBe(4)
    expect(await decisionOf(ada.as)).toMatchObject({ status: 'approved', granted_limit: 4 })
    expect((await decisionOf(ada.as)).granted_until).toMatch(/^2099-(06-30|07-01)/)

    await page.getByRole('button', { name: 'Deny the request of Bob' }).click()
    const denying = page.getByRole('dialog', { name: 'Deny the request of' })
    await denying.getByLabel('Why not').fill('Use a service account')
    await denying.getByRole('button', { name: 'Deny request' }).click()
    await page.getByText('Nobody is waiting').waitFor()
    expect(await limitOf(bob.as)).toBe(3)
    expect(await decisionOf(bob.as)).toMatchObject({
      status: 'denied',
      decision_reason: 'Use a service account',
    })

    await page.getByText('All', { exact: true }).click()
    await page.waitForURL((url) => url.searchParams.get('status') === 'all')
    await rowOf('Bob <b>Bold</b>').getByText('Use a service account').waitFor()
    await rowOf('Ada Lovelace').getByText('Approved').waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it('that somebody else has decided meanwhile say so', async () => {
    const eve = await asking('Eve Late', 'Three is few')
    const { page, complaints, close } = await openPage(browser, server)
    await signInTo(page, path, await admin())
    await page.getByRole('button', { name: 'Deny the request of Eve Late' }).click()
    const other = await server.given.admin()
    const { id } = await decisionOf(eve.as)
    await server.call('POST', `/token-limit-requests/${id}/approve`, { as: other.as })

    const dialog = page.getByRole('dialog', { name: 'Deny the request of' })
    await dialog.getByLabel('Why not').fill('No')
    await dialog.getByRole('button', { name: 'Deny request' }).click()
    await dialog.getByText('The request was approved already').waitFor()
    expect(await limitOf(eve.as)).toBe(5)
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})
