import createFetchClient from 'openapi-fetch'
import createClient from 'openapi-react-query'
import type { paths } from '../generated/api.d.ts'
import { sendAnsweringDemands, sendSignedIn } from './send.ts'

/** The request stays as it is, to be sent again. */
const sending = (request: Request) => (token: string | null) => {
  const copy = request.clone()
  if (token) copy.headers.set('authorization', `Bearer ${token}`)
  return fetch(copy)
}

const envelopeOf = (response: Response): Promise<unknown> =>
  response
    .clone()
    .json()
    .catch(() => null)

/** Typed by the OpenAPI document. For what isn't a query or a mutation of a component. */
export const client = createFetchClient<paths>({
  baseUrl: location.origin,
  fetch: (request) => sendAnsweringDemands(sending(request), envelopeOf),
})

/** For what answers a demand of the server: it waits for no other. */
export const answeringClient = createFetchClient<paths>({
  baseUrl: location.origin,
  fetch: (request) => sendSignedIn(sending(request)),
})

/** For who isn't signed in: it waits for nobody to be. */
export const publicClient = createFetchClient<paths>({ baseUrl: location.origin })

/** `api.useQuery('get', '/api/v1/…')`, `api.useMutation('post', …)`. */
export const api = createClient(client)
