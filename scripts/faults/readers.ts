import { setTimeout as sleep } from 'node:timers/promises'
import type { Request } from './ask.ts'
import type { Hand } from './hand.ts'
import type { Writer } from './writers.ts'

const strangerId = '00000000-0000-7000-8000-000000000000'

/** Reads with a credential that is good all the time, and with what is none. */
export async function readOften(writer: Writer, hand: Hand): Promise<void> {
  const { tenant_id, token, session } = writer
  const questions: [Request, number][] = [
    [{ path: `/authorize?permission=tenants.read&tenant_id=${tenant_id}`, as: token }, 204],
    [{ path: '/me', as: token }, 200],
    [{ path: `/authorize?permission=users.read&tenant_id=${tenant_id}`, as: token }, 403],
    [{ path: `/tenants/${tenant_id}`, as: session }, 200],
    [{ path: '/me/tokens', as: session }, 200],
    [{ path: `/tenants/${strangerId}`, as: token }, 404],
    [{ path: '/me', as: 'postern_pat_nonsense' }, 401],
    [{ path: '/me' }, 401],
  ]
  for (let at = 0; !hand.isOver(); at = (at + 1) % questions.length) {
    const [question, status] = questions[at]!
    await hand.ask(question, [status])
    await hand.rest()
  }
}

const signInPauseMs = 500

/** A password check takes a core for a while, so it is rare. */
export async function signInOften({ email, password }: Writer, hand: Hand): Promise<void> {
  while (!hand.isOver()) {
    const signIn = { method: 'POST', path: '/auth/login', body: { email, password } }
    const { status, body } = await hand.ask(signIn, [200])
    if (status === 200) {
      const as = JSON.parse(body).access_token
      await hand.ask({ path: '/me', as }, [200])
      const out = { method: 'POST', path: '/auth/logout', as }
      const ended = await hand.ask(out, [204])
      if (ended.status === 204) await hand.ask({ path: '/me', as }, [401])
    }
    await sleep(signInPauseMs)
  }
}
