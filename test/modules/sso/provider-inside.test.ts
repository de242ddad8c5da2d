import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../../support/given.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { publicUrl, ssoBrowser } from '../../support/sso-browser.ts'

let server: TestServer
let admin: Person
/** Somebody on this machine who only counts who connects, by IPv4 and IPv6. */
let inside: Server
let connections = 0
let port: number
beforeAll(async () => {
  // Without a setting that allows anything beyond https to the public internet.
  server = await startServer({ PUBLIC_URL: publicUrl })
  admin = await server.given.admin()
  inside = createServer((socket) => {
    connections += 1
    socket.destroy()
  })
  // No address: all that this machine has, of IPv6 too where there is any.
  await new Promise<void>((resolve) => inside.listen(0, resolve))
  port = (inside.address() as { port: number }).port
})
afterAll(async () => {
  await server.close()
  await new Promise((resolve) => inside.close(resolve))
})

const create = (issuer: string) =>
  server.call('POST', '/identity-providers', {
    as: admin.as,
    body: { name: issuer, issuer, client_id: 'postern' },
  })

/** What comes of somebody's wish to sign in there, and why. */
async function start(provider: { id: string }) {
  const logged = server.logs.length
  const browser = ssoBrowser(server)
  const { status, location } = await browser.start(provider)
  const line = server.logs.slice(logged).find((one) => one.includes('sso refused')) ?? '{}'
  return { status, location, cookies: browser.cookies.size, reason: JSON.parse(line).reason }
}

const generic = {
  status: 302,
  location: expect.stringMatching(
    /^https:\/\/postern\.test\/sign-in\?error=sso_failed&correlation_id=[0-9a-f]{32}$/,
  ),
  cookies: 0,
}

/** Where an administrator may send us, by what we say of it; the port is that of who counts. */
const issuers: [issuer: string, reason: string][] = [
  ['https://127.0.0.1', 'refused 127.0.0.1'],
  ['https://[::1]', 'refused ::1'],
  ['https://[::ffff:7f00:1]', 'refused ::ffff:7f00:1'],
  ['https://169.254.169.254', 'refused 169.254.169.254'],
  ['https://localhost', 'refused localhost'],
]

/** What can't be an issuer, by what the field is told; and why it is not asked, should it be in the database. */
const misspelled: [issuer: string, message: string, reason: string][] = [
  ['https://0x7f000001', 'must be spelled https://127.0.0.1', 'refused 127.0.0.1'],
  ['https://2130706433', 'must be spelled https://127.0.0.1', 'refused 127.0.0.1'],
  ['https://good.example@127.0.0.1', 'must not hold credentials', 'must not hold credentials'],
  ['http://127.0.0.1', 'must be an https URL', 'only requests to HTTPS are allowed'],
  ['http://localhost', 'must be an https URL', 'only requests to HTTPS are allowed'],
]

describe('A provider that is inside is not connected to, and nobody is told why', () => {
  it.each(issuers)('%s', async (host, reason) => {
    const { status, body } = await create(`${host}:${port}`)
    expect(status).toBe(201)
    const before = await server.traces()

    const answer = await start(body)

    expect(answer).toEqual({ ...generic, reason: expect.stringContaining(reason) })
    expect(await server.traces()).toEqual(before)
    expect(connections).toBe(0)
  })

  it.each(misspelled)('%s, which is not stored either', async (host, message, reason) => {
    const issuer = `${host}:${port}`
    const before = await server.traces()
    expect(await create(issuer)).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'issuer', message: expect.stringContaining(message) }] },
    })
    expect(await server.traces()).toEqual(before)

    const answer = await start(await server.given.identityProvider({ issuer }))

    expect(answer).toEqual({ ...generic, reason: expect.stringContaining(reason) })
    expect(connections).toBe(0)
  })
})
