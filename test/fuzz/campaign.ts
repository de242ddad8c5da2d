import pLimit from 'p-limit'
import { readApiDocument } from '../support/api-document.ts'
import { seed } from '../support/seed.ts'
import { startServer } from '../support/server.ts'
import { callersOf, furnish } from './callers.ts'
import { faultOf } from './checks.ts'
import { realValues } from './real-values.ts'
import { type FuzzAnswer, type FuzzRequest, sender, show } from './request.ts'
import type { Surroundings } from './schema-arbitrary.ts'
import { watch } from './state.ts'
import type { Making } from './valid-requests.ts'
import { validatorsOf } from './validators.ts'

/** Settings of the server that is tried. */
const environment: Record<string, string> = {}

const concurrency = 4

export type Sent = { request: FuzzRequest; answer: FuzzAnswer }

/** A server, its document, and requests sent to it with each answer looked at. */
export async function startCampaign() {
  const server = await startServer(environment)
  const api = await readApiDocument(server.call)
  const callers = await callersOf(server)
  const { send, close } = sender(server.url, concurrency)
  const validators = validatorsOf(api)
  const { schemas = {} } = (api.document as { components: { schemas?: object } }).components
  let count = 0

  async function sendOne(request: FuzzRequest): Promise<Sent> {
    const credential = callers.credentialOf(request.caller)
    const answer = await send(request, credential).catch((error) => {
      throw new Error(`${error.message}\n${show(request)}`)
    })
    count += 1
    const fault = faultOf(request, answer)
    if (fault !== undefined) throw failure(fault, { request, answer })
    return { request, answer }
  }

  /** One by one: a request may well end the session, the token or the account that it was sent with. */
  async function sendInTurn(requests: FuzzRequest[]): Promise<Sent[]> {
    const all: Sent[] = []
    const unaccounted = await watch(server.database)
    for (const request of requests) {
      const sent = await sendOne(request)
      const { answer } = sent
      all.push(sent)
      const tables = await unaccounted()
      if (answer.status >= 400 && tables.length > 0)
        throw failure(`refused, and changed ${tables}`, sent)
      const challenge = answer.headers['www-authenticate'] ?? ''
      const isOurs = request.headers['authorization'] === undefined && request.caller !== 'nobody'
      if (isOurs && challenge.includes('invalid_token')) {
        await callers.renew()
        await unaccounted()
      }
    }
    return all
  }

  /** All that it takes to see what went wrong, and to send it once more. */
  function failure(fault: string, { request, answer }: Sent): Error {
    return new Error(`${fault}\nSEED=${seed}\n${show(request)}\n${describeAnswer(answer)}`)
  }

  /** What the server itself says of an answer. */
  function describeAnswer({ status, headers, text }: FuzzAnswer): string {
    const lines = server.logs.filter((line) => line.includes(String(headers['x-correlation-id'])))
    return `answer: ${status} ${text.slice(0, 2000)}\n${lines.join('')}`
  }

  return {
    server,
    callers,
    operations: api.operations,
    validators,
    failure,
    sent: () => count,
    /** What requests are made of, with rows in the database for them to meet. */
    async prepare(): Promise<Making> {
      await furnish(server)
      await callers.renew()
      const real = await realValues(server, callers.credentialOf('token') ?? '')
      return { validators, around: { components: schemas as Surroundings['components'], real } }
    },
    sendInTurn,
    /** A few at once, where none changes what another one meets. */
    async sendAll(requests: FuzzRequest[]): Promise<Sent[]> {
      const limit = pLimit(concurrency)
      return Promise.all(requests.map((request) => limit(() => sendOne(request))))
    },
    async close() {
      close()
      await server.close()
    },
  }
}
