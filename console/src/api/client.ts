import createFetchClient from 'openapi-fetch'
import createClient from 'openapi-react-query'
import type { paths } from '../generated/api.d.ts'
import { currentToken, readState, renew, signedInAgain } from './session.ts'
import { isShownAfter } from './step-up.ts'

/**
 * Sends a request as the person who is signed in. Where it takes that they show again that it is they, it waits
 * until they have, and then goes on as if nothing had been.
 */
async function send(request: Request): Promise<Response> {
  const again = request.clone()
  const response = await sendSignedIn(request)
  return (await isShownAfter(response)) ? sendSignedIn(again) : response
}

/** The same, where their session has ended meanwhile. */
async function sendSignedIn(request: Request): Promise<Response> {
  const again = request.clone()
  const response = await sendAs(request, await currentToken())
  if (response.status !== 401 || readState() === 'signed-out') return response
  if (!(await renew())) await signedInAgain()
  return sendAs(again, await currentToken())
}

function sendAs(request: Request, token: string | null): Promise<Response> {
  if (token) request.headers.set('authorization', `Bearer ${token}`)
  return fetch(request)
}

/** Typed by the OpenAPI document. For what isn't a query or a mutation of a component. */
export const client = createFetchClient<paths>({ baseUrl: location.origin, fetch: send })

/** For who isn't signed in: it waits for nobody to be. */
export const publicClient = createFetchClient<paths>({ baseUrl: location.origin })

/** `api.useQuery('get', '/api/v1/…')`, `api.useMutation('post', …)`. */
export const api = createClient(client)
