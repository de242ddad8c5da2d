/**
 * Who is signed in. The access token lives in memory only; a new one comes for the refresh cookie, which no
 * script can read. The cookie is good for one use, so tabs take turns.
 */

import { sendRefresh } from './send-refresh.ts'
import { answerAsked } from './step-up.ts'

export type SessionState =
  /** Not known yet: the page has just been opened. */
  | 'unknown'
  | 'signed-out'
  | 'signed-in'
  /** It has ended while its person was at work: what they typed is still there, and waits for them. */
  | 'expired'

type AccessToken = { value: string; expires_at: number }
type Answer = { access_token: string; expires_in: number }

/** Renewed this long before its end, so that no request meets the end on its way. */
const marginMs = 20_000
const lockName = 'postern-refresh'

let state: SessionState = 'unknown'
let token: AccessToken | null = null
let subject: string | null = null
let renewal: Promise<boolean> | null = null
const listeners = new Set<() => void>()
/** Requests that wait for their person to sign in once more. */
let waiting: (() => void)[] = []

/** Raised with each sign-in and sign-out: an answer to a question from before says nothing about now. */
let era = 0

type News = { kind: 'signed-out' } | { kind: 'signed-in'; subject: string }

const otherTabs = new BroadcastChannel('postern-session')
otherTabs.onmessage = ({ data }: MessageEvent<News>) => {
  if (data.kind === 'signed-out') {
    if (subject !== null) begin('/sign-in')
  } else if (subject !== null && subject !== data.subject) begin('/')
  else if (state !== 'signed-in') renew().catch(() => undefined)
}

/** Loads the console anew: nothing that one person saw stays for the next. */
function begin(path: '/' | '/sign-in'): void {
  token = null
  location.replace(path)
}

export const readState = (): SessionState => state

export function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The token to send, renewed where it is about to end; null: nobody is signed in. */
export async function currentToken(): Promise<string | null> {
  if (token && token.expires_at - Date.now() > marginMs) return token.value
  if (state === 'signed-out') return null
  if (state !== 'expired') await renew()
  // What is asked while the session is over waits, too, for the person and not for nothing.
  if (readState() === 'expired') await signedInAgain()
  return token?.value ?? null
}

/** Gets a new access token for the cookie. False: there is no session any more. Throws where nobody answers. */
export function renew(): Promise<boolean> {
  renewal ??= navigator.locks.request(lockName, renewOnce).finally(() => {
    renewal = null
  })
  return renewal
}

async function renewOnce(): Promise<boolean> {
  const asked = era
  const response = await sendRefresh()
  if (asked !== era) return token !== null
  if (response.ok) return keep(await response.json())
  if (response.status !== 401) throw await response.json()
  token = null
  become(state === 'signed-in' || state === 'expired' ? 'expired' : 'signed-out')
  return false
}

/** Goes on as the person of a sign-in that is done, here and in every tab. */
export async function enter(answer: Answer): Promise<void> {
  era += 1
  await keep(answer)
  const news = { kind: 'signed-in', subject: subjectOf(answer.access_token) } satisfies News
  otherTabs.postMessage(news)
  // Whoever has just signed in has shown who they are.
  answerAsked(true)
}

/** Ends the session on the server and in every tab. Throws where the server has not ended it. */
export async function endSession(): Promise<void> {
  const response = await fetch('/api/v1/auth/logout', {
    method: 'POST',
    headers: token ? { authorization: `Bearer ${token.value}` } : {},
  })
  if (!response.ok && response.status !== 401) throw await response.json()
  era += 1
  token = null
  subject = null
  become('signed-out')
  otherTabs.postMessage({ kind: 'signed-out' } satisfies News)
}

/** As endSession, and begins anew with the sign-in. */
export async function signOut(): Promise<void> {
  await endSession()
  begin('/sign-in')
}

/** Until the person has signed in again. */
export function signedInAgain(): Promise<void> {
  return new Promise((resolve) => waiting.push(resolve))
}

/** Where it is somebody else's, who has signed in in another tab: what is on this screen isn't theirs, and nothing goes on. */
function keep({ access_token, expires_in }: Answer): true | Promise<never> {
  const next = subjectOf(access_token)
  if (subject !== null && subject !== next) {
    begin('/')
    return new Promise(() => undefined)
  }
  subject = next
  token = { value: access_token, expires_at: Date.now() + expires_in * 1000 }
  become('signed-in')
  return true
}

function subjectOf(jwt: string): string {
  const payload = jwt.split('.')[1] ?? ''
  return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))).sub
}

function become(next: SessionState): void {
  state = next
  if (next === 'signed-in') {
    const left = waiting
    waiting = []
    for (const goOn of left) goOn()
  }
  for (const listener of listeners) listener()
}
