import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authorityLock } from '../../../src/db/advisory-locks.ts'
import { type EvilProvider, startEvilProvider } from '../../support/evil-provider.ts'
import type { Person } from '../../support/given.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { publicUrl, queryOf, ssoBrowser, ssoEnvironment } from '../../support/sso-browser.ts'

type Scene = { provider: { id: string; issuer: string }; source: EvilProvider; person: Person }
type Purpose = 'sign_in' | 'link' | 'step_up'

let server: TestServer
/** A provider for each, so that all can be on the way at once. */
let scenes: Record<Purpose, Scene>
beforeAll(async () => {
  server = await startServer(ssoEnvironment)
  const [sign_in, link, step_up] = await Promise.all([scene(), scene(), scene()])
  scenes = { sign_in, link, step_up }
  for (const { person, provider } of [sign_in, step_up]) {
    await server.given.externalIdentity(person.id, provider, person.id)
  }
  await server.given.cameFrom(step_up.person.session_id, step_up.provider)
})
afterAll(async () => {
  await server.close()
  await Promise.all(Object.values(scenes).map(({ source }) => source.close()))
})

async function scene(): Promise<Scene> {
  const [source, person] = [await startEvilProvider(), await server.given.person()]
  const provider = await server.given.identityProvider({ issuer: source.url })
  return { source, person, provider }
}

/** On the way back from the provider, which vouches for the person. */
async function away(purpose: Purpose) {
  const { provider, source, person } = scenes[purpose]
  const browser = ssoBrowser(server)
  const return_to = '/settings/tokens'
  const call = { as: person.as, body: { return_to } }
  let location: string | null
  if (purpose === 'sign_in') {
    location = (await browser.start(provider, `?return_to=${return_to}`)).location
  } else {
    const path =
      purpose === 'link' ? `/me/external-identities/${provider.id}/start` : '/auth/step-up/sso'
    const { body, headers } = await server.call('POST', path, call)
    browser.keepOf(headers)
    location = body.authorization_url
  }
  const { state = '', nonce = '' } = queryOf(location)
  source.nonce = nonce
  source.behave({
    claims: { sub: person.id, email: person.email, auth_time: Math.floor(Date.now() / 1000) },
  })
  const query = new URLSearchParams({ code: 'a code', state })
  const path = `/api/v1/auth/sso/${provider.id}/callback?${query}`
  return { browser, back: (accept: string) => browser.get(path, { accept }) }
}

const page = 'text/html,application/xhtml+xml,*/*;q=0.8'

/** As if somebody took long to disable a provider: `work` waits, and gives up by `lock_timeout`. */
async function locked<Result>(work: () => Promise<Result>): Promise<Result> {
  const client = await server.pool.connect()
  try {
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [authorityLock])
    return await work()
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
}

describe('Who is back from a provider when the database gives up', () => {
  it('is told so where they wanted to go, whatever they came for; nothing is written', async () => {
    const ways = await Promise.all([away('sign_in'), away('link'), away('step_up')])
    const { sso_attempts = 0, ...before } = await server.traces()

    const logged = server.logs.length
    const ends = await locked(() => Promise.all(ways.map(({ back }) => back(page))))

    const unavailable = 'error=sso_unavailable&correlation_id='
    const [signIn, link, stepUp] = ends.map(({ location }) => location)
    expect(signIn).toMatch(
      new RegExp(`^${publicUrl}/sign-in\\?${unavailable}[0-9a-f]{32}&from=%2Fsettings%2Ftokens$`),
    )
    for (const end of [link, stepUp]) {
      expect(end).toMatch(new RegExp(`^${publicUrl}/settings/tokens\\?${unavailable}[0-9a-f]{32}$`))
    }
    // The attempts were taken: it was what came after that failed.
    expect(await server.traces()).toEqual({ ...before, sso_attempts: sso_attempts - 3 })
    for (const { browser } of ways) expect(browser.cookies.size).toBe(0)
    const lines = server.logs.slice(logged).filter((line) => line.includes('request failed'))
    expect(lines).toHaveLength(3)
    for (const line of lines) expect(line).toContain('lock timeout')
  })

  it('is told 503, who takes no page for an answer', async () => {
    const { back } = await away('sign_in')
    const { status, text } = await locked(() => back('application/json'))
    expect([status, JSON.parse(text).error]).toEqual([503, 'service_unavailable'])
  })

  it('comes in the next time', async () => {
    const { browser, back } = await away('sign_in')
    expect((await back(page)).location).toBe(`${publicUrl}/settings/tokens`)
    expect((await browser.refresh()).status).toBe(200)
  })
})
