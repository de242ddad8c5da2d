/**
 * Who is signed in. The access token lives in memory only; a new one comes for the refresh cookie, which no
 * script can read. The cookie is good for one use, so tabs take turns.
 */

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
/** Holds when a request for a new token was sent that nobody has seen the answer of. */
const onItsWay = 'postern-refresh-sent'
const onItsWayMs = 3000

let state: SessionState = 'unknown'
let token: AccessToken | null = null
let subject: string | null = null
let renewal: Promise<boolean> | null = null
const listeners = new Set<() => void>()
/** Requests that wait for their person to sign in once more. */
let waiting: ((isSignedIn: boolean) => void)[] = []

const otherTabs = new BroadcastChannel('postern-session')
otherTabs.onmessage = ({ data }) => {
  if (data !== 'signed-out') return
  token = null
  become('signed-out')
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
  const response = await sendRefresh()
  if (response.ok) {
    keep(await response.json())
    return true
  }
  if (response.status !== 401) throw await response.json()
  token = null
  become(state === 'signed-in' || state === 'expired' ? 'expired' : 'signed-out')
  return false
}

/**
 * The cookie must not be used twice. A page that is left or reloaded while its request is on its way lets that
 * go on (`keepalive`), so that the next cookie comes; whoever is next finds the mark of it, and gives it time.
 */
async function sendRefresh(): Promise<Response> {
  const elapsed = Date.now() - Number(localStorage.getItem(onItsWay) ?? 0)
  if (elapsed >= 0 && elapsed < onItsWayMs)
    await new Promise((resolve) => setTimeout(resolve, onItsWayMs - elapsed))
  localStorage.setItem(onItsWay, String(Date.now()))
  try {
    return await fetch('/api/v1/auth/refresh', { method: 'POST', keepalive: true })
  } finally {
    localStorage.removeItem(onItsWay)
  }
}

/** Throws the envelope of the refusal. */
export async function signIn(email: string, password: string): Promise<void> {
  const response = await fetch('/api/v1/auth/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  const answer = await response.json()
  if (!response.ok) throw answer
  keep(answer)
}

/** Ends the session here, on the server and in every other tab. */
export async function signOut(): Promise<void> {
  const value = token?.value
  await fetch('/api/v1/auth/logout', {
    method: 'POST',
    headers: value ? { authorization: `Bearer ${value}` } : {},
  })
  forget()
}

/** Nobody is signed in here from now on. */
export function forget(): void {
  token = null
  subject = null
  become('signed-out')
  otherTabs.postMessage('signed-out')
}

/** True once the person has signed in again; false when they have left instead. */
export function signedInAgain(): Promise<boolean> {
  return new Promise((resolve) => waiting.push(resolve))
}

function keep({ access_token, expires_in }: Answer): void {
  const next = subjectOf(access_token)
  // Somebody else has signed in in another tab: what is on this screen isn't theirs.
  if (subject !== null && subject !== next) location.assign('/')
  subject = next
  token = { value: access_token, expires_at: Date.now() + expires_in * 1000 }
  become('signed-in')
}

function subjectOf(jwt: string): string {
  const payload = jwt.split('.')[1] ?? ''
  return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))).sub
}

function become(next: SessionState): void {
  state = next
  if (next === 'signed-in' || next === 'signed-out') {
    const left = waiting
    waiting = []
    for (const tell of left) tell(next === 'signed-in')
  }
  for (const listener of listeners) listener()
}
