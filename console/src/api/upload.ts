import { currentToken, readState, renew, signedInAgain } from './session.ts'

export type Sent = { loaded: number; total: number }

type Upload = {
  path: string
  form: FormData
  headers: Record<string, string>
  onProgress: (sent: Sent) => void
  signal: AbortSignal
}

/**
 * Sends files, and tells how much of them has gone: that `fetch` doesn't. As the client does (client.ts), for the
 * person who is signed in, once more where their session has ended meanwhile. Throws the envelope of a refusal.
 */
export async function upload<Answer>(what: Upload): Promise<Answer> {
  const first = await sendAs(what, await currentToken())
  if (first.status !== 401 || readState() === 'signed-out') return answerOf(first)
  if (!(await renew())) await signedInAgain()
  return answerOf(await sendAs(what, await currentToken()))
}

type Response = { status: number; text: string }

function answerOf<Answer>({ status, text }: Response): Answer {
  const answer = JSON.parse(text)
  if (status < 200 || status > 299) throw answer
  return answer
}

function sendAs(what: Upload, token: string | null): Promise<Response> {
  const { path, form, headers, onProgress, signal } = what
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const abort = () => request.abort()
    request.open('POST', path)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    if (token) request.setRequestHeader('authorization', `Bearer ${token}`)
    request.upload.onprogress = ({ loaded, total }) => onProgress({ loaded, total })
    request.onload = () => resolve({ status: request.status, text: request.responseText })
    request.onerror = () => reject(new Error('Nobody has answered'))
    request.onabort = () => reject(signal.reason)
    request.onloadend = () => signal.removeEventListener('abort', abort)
    signal.addEventListener('abort', abort)
    signal.throwIfAborted()
    request.send(form)
  })
}
