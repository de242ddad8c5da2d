import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { giveDevice } from '../support/virtual-authenticator.ts'

const origin = 'http://localhost:3000'
let server: TestServer
let browser: Browser
beforeAll(async () => {
  server = await startServer({ PUBLIC_URL: origin })
  browser = await startBrowser()
}, 120_000)
afterAll(async () => {
  await browser.close()
  await server.close()
})

/** A page at this address, in a browser with a device that holds passkeys and verifies its user. */
async function pageAt(url: string): Promise<Page> {
  const page = await browser.newPage()
  await page.route('**/*', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>Passkeys</title>' }),
  )
  await page.goto(url)
  await giveDevice(page)
  return page
}

/** The browser's own reading of our options, and its own writing of the answer (WebAuthn level 3, §5.1). */
const create = (page: Page, options: object): Promise<object> =>
  page.evaluate(`(async () => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(${JSON.stringify(options)})
    return (await navigator.credentials.create({ publicKey })).toJSON()
  })()`)

const get = (page: Page, options: object): Promise<object> =>
  page.evaluate(`(async () => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(${JSON.stringify(options)})
    return (await navigator.credentials.get({ publicKey })).toJSON()
  })()`)

describe('A passkey of Chromium', () => {
  it('is added, signs in alone, ends a sign-in that a password began, and steps up', async () => {
    const { call, given } = server
    const { as, email, password, session_id, id } = await given.withPassword()
    const page = await pageAt(origin)

    const options = (await call('POST', '/me/passkeys/options', { as })).body
    const body = { name: 'Chromium', passkey: await create(page, options) }
    const added = await call('POST', '/me/passkeys', { as, body })
    expect(added.status).toBe(201)

    const alone = (await call('POST', '/auth/passkey/options')).body
    const entered = await call('POST', '/auth/passkey', {
      body: { passkey: await get(page, alone) },
    })
    expect(entered.status).toBe(200)
    expect((await call('GET', '/me', { as: entered.body.access_token })).body.id).toBe(id)

    const due = (await call('POST', '/auth/login', { body: { email, password } })).body
    const passkey = await get(page, due.passkey_options)
    const second = { challenge: due.challenge, passkey }
    expect((await call('POST', '/auth/second-factor', { body: second })).status).toBe(200)

    await server.database.sql(
      `UPDATE sessions SET authenticated_at = now() - interval '1 day' WHERE id = $1`,
      [session_id],
    )
    expect((await call('POST', '/me/totp', { as })).status).toBe(403)
    const asked = (await call('POST', '/auth/step-up/options', { as })).body
    const shown = { passkey: await get(page, asked.passkey_options) }
    expect((await call('POST', '/auth/step-up', { as, body: shown })).status).toBe(204)
    expect((await call('POST', '/me/totp', { as })).status).toBe(200)
  }, 120_000)

  it('is made for no page of another host, and not taken from a page at another port', async () => {
    const { call, given } = server
    const { as } = await given.withPassword()
    const options = (await call('POST', '/me/passkeys/options', { as })).body

    await expect(create(await pageAt('https://evil.example/'), options)).rejects.toThrow()

    const passkey = await create(await pageAt('http://localhost:3001/'), options)
    const answer = await call('POST', '/me/passkeys', { as, body: { name: 'Chromium', passkey } })
    expect(answer.status).toBe(400)
  }, 120_000)
})
