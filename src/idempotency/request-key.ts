import { createHmac, hash, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { invalidField } from '../http/errors.ts'
import { isCreate } from '../http/is-create.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on a create that came with an Idempotency-Key. */
    idempotency: Idempotency | null
  }
}

export type Idempotency = {
  user_id: string
  /** Of the credential and the header: the key of one credential is nothing to another. */
  key: string
  request_hash: Buffer<ArrayBuffer>
  /** The answer as it goes on the wire: what no client is shown is not remembered either. */
  onWire: (answer: object) => Record<string, unknown>
  isReplay: boolean
}

export const keyHeader = 'Idempotency-Key'
const headerName = keyHeader.toLowerCase()
const form = /^[\x21-\x7e]{1,255}$/

/** Reads the Idempotency-Key of each create, after the guard has admitted the request for the second time. */
export const idempotencyKeys = fp(
  async (app) => {
    app.decorateRequest('idempotency', null)
    app.addHook('preHandler', (request, reply, done) => {
      const given = request.headers[headerName]
      if (given === undefined || !isCreate(request.routeOptions)) return done()
      // Two headers arrive as one with a space between them.
      if (typeof given !== 'string' || !form.test(given)) {
        throw invalidField(keyHeader, 'must be 1 to 255 visible ASCII characters')
      }
      idempotencyOf(request, reply, given)
        .then((idempotency) => {
          request.idempotency = idempotency
        })
        .then(() => done(), done)
    })
    app.addHook('onSend', (request, reply, _payload, done) => {
      const isReplay = request.idempotency?.isReplay && reply.statusCode === 201
      if (isReplay) reply.header('idempotency-replayed', 'true')
      done()
    })
  },
  { name: 'idempotency-keys', dependencies: ['guard'] },
)

async function idempotencyOf(
  request: FastifyRequest,
  reply: FastifyReply,
  given: string,
): Promise<Idempotency> {
  const { owner, credential } = request.authority
  return {
    user_id: owner.id,
    key: hash('sha256', `${credential.id} ${given}`, 'base64url'),
    request_hash: await fingerprint(request, given),
    onWire: (answer) => JSON.parse(reply.serializeInput({ ...answer }, '201') as string),
    isReplay: false,
  }
}

/** For a body that is read by its operation: to be called when it is there, before `once`. */
export async function rememberBody(request: FastifyRequest, body: object): Promise<void> {
  const { idempotency, method, url, headers } = request
  if (!idempotency) return
  idempotency.request_hash = await fingerprint({ method, url, body }, String(headers[headerName]))
}

const slowHash = promisify<string, string, number, Buffer<ArrayBuffer>>(scrypt)

/**
 * Method, path and body, under the key itself, which is stored nowhere. A fast hash of a body with a
 * password in it would undo what bcrypt does for that password, so such a body gets a slow one.
 */
async function fingerprint(
  { method, url, body }: Pick<FastifyRequest, 'method' | 'url' | 'body'>,
  given: string,
): Promise<Buffer<ArrayBuffer>> {
  const text = JSON.stringify([method, url, sorted(body)])
  const hasPassword = typeof body === 'object' && body !== null && 'password' in body
  if (hasPassword) return slowHash(text, given, 32)
  return createHmac('sha256', given).update(text).digest()
}

/** The same fields in another order are the same body. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(fields.map(([name, field]) => [name, sorted(field)]))
}
