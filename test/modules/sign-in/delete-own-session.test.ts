import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startProcess } from '../../support/process.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { idsOfNothing, refused, withoutId } from '../users/expected.ts'
import { endsOf, refreshWith, signIn, statusOf } from './people.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const end = (as: string, id: string) => server.call('DELETE', `/me/sessions/${id}`, { as })

/** One person, signed in twice. */
async function signedInTwice() {
  const here = await signIn(server)
  const { body } = await refreshWith(server, here.cookie)
  const elsewhere = await server.given.session(here.id)
  return { here: { ...here, as: body.access_token as string }, elsewhere }
}

describe('DELETE /me/sessions/{id} 204', () => {
  it('ends another session at once, on every process, with one event, and no other', async () => {
    const { here, elsewhere } = await signedInTwice()
    const other = await startProcess({ DATABASE_URL: server.database.url })
    try {
      const onOther = async (as: string) => (await other.call('GET', '/me', { as })).status
      expect(await onOther(elsewhere.as)).toBe(200)

      const { status, text } = await end(here.as, elsewhere.session_id)

      expect({ status, text }).toEqual({ status: 204, text: '' })
      expect(await onOther(elsewhere.as)).toBe(401)
      expect(await statusOf(server, elsewhere.as)).toBe(401)
      expect(await onOther(here.as)).toBe(200)
      expect(await endsOf(server, elsewhere.session_id)).toEqual([
        { action: 'session.ended', actor_id: here.id, after: { ended_reason: 'ended_by_user' } },
      ])
    } finally {
      await other.stop()
    }
  })

  it('takes from the ended session its refresh cookie too', async () => {
    const signedIn = await signIn(server)
    const elsewhere = await server.given.session(signedIn.id)

    await end(elsewhere.as, signedIn.session_id)

    expect((await refreshWith(server, signedIn.cookie)).status).toBe(401)
  })

  it('ends the session of the call itself', async () => {
    const { as, session_id, cookie } = await signIn(server)

    expect((await end(as, session_id)).status).toBe(204)

    expect(await statusOf(server, as)).toBe(401)
    expect((await refreshWith(server, cookie)).status).toBe(401)
  })

  it('leaves the tokens of the person alone', async () => {
    const { here, elsewhere } = await signedInTwice()
    const token = await server.given.token(here.id)

    await end(here.as, elsewhere.session_id)

    expect(await statusOf(server, token.as)).toBe(200)
  })
})

describe('DELETE /me/sessions/{id} 404', () => {
  it('answers one 404 for what ended before, expired, is another’s, or never was', async () => {
    const { given, database } = server
    const { here, elsewhere } = await signedInTwice()
    await end(here.as, elsewhere.session_id)
    const stranger = await signIn(server)
    const [expired, idle] = [await given.session(here.id), await given.session(here.id)]
    const past = `now() - interval '1 second'`
    await database.sql(`UPDATE sessions SET expires_at = ${past} WHERE id = $1`, [
      expired.session_id,
    ])
    await database.sql(`UPDATE sessions SET idle_expires_at = ${past} WHERE id = $1`, [
      idle.session_id,
    ])
    const bodies = new Set<string>()

    for (const id of [
      elsewhere.session_id,
      expired.session_id,
      idle.session_id,
      stranger.session_id,
      ...idsOfNothing,
    ]) {
      const { status, body } = await refused(server, 'DELETE', `/me/sessions/${id}`, {
        as: here.as,
      })
      expect({ id, status }).toEqual({ id, status: 404 })
      bodies.add(JSON.stringify(withoutId(body)))
    }

    expect(bodies.size).toBe(1)
    expect(await statusOf(server, stranger.as)).toBe(200)
  })

  it('lets one of many who end it at once through, with one event', async () => {
    const { here, elsewhere } = await signedInTwice()

    const answers = await Promise.all(
      Array.from({ length: 10 }, () => end(here.as, elsewhere.session_id)),
    )

    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([204, ...Array.from({ length: 9 }, () => 404)])
    expect(await endsOf(server, elsewhere.session_id)).toHaveLength(1)
  })
})

describe('DELETE /me/sessions/{id} 403', () => {
  it('lets no token end its owner’s session', async () => {
    const { given } = server
    const admin = await given.admin()
    const { as } = await given.token(admin.id, { permissions: ['users.read'], tenants: ['any'] })

    const path = `/me/sessions/${admin.session_id}`
    expect((await refused(server, 'DELETE', path, { as })).status).toBe(403)

    expect(await statusOf(server, admin.as)).toBe(200)
  })
})
