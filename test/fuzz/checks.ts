import type { DocumentedOperation } from '../support/api-document.ts'
import { codes } from '../support/error-codes.ts'
import type { FuzzAnswer, FuzzRequest } from './request.ts'

const internals =
  /prisma|fastify|FST_|\bAjv\b|node_modules|at position|JSON\.parse|Unexpected token/i

/** What is wrong with an answer, whatever was asked; undefined when nothing is. */
export function faultOf(request: FuzzRequest, answer: FuzzAnswer): string | undefined {
  const { status, headers, text } = answer
  if (status >= 500 || status < 200) return `status ${status}`
  const id = headers['x-correlation-id']
  if (typeof id !== 'string' || !/^[0-9a-f]{32}$/.test(id)) return `X-Correlation-Id is ${id}`
  if (status < 400) return request.refuse ? `accepted with ${status}` : undefined
  if (request.method === 'HEAD') return undefined
  return envelopeFault(request, answer, parsed(text), id)
}

// biome-ignore lint/suspicious/noExplicitAny: looked at field by field
function envelopeFault(request: FuzzRequest, answer: FuzzAnswer, body: any, id: string) {
  const { status, headers, text } = answer
  if (headers['content-type'] !== 'application/json; charset=utf-8') return 'is not JSON'
  if (headers['cache-control'] !== 'no-store') return 'may be cached'
  if (!codes[status]?.includes(body?.error)) return `error ${body?.error} with ${status}`
  if (typeof body.message !== 'string' || body.message === '') return 'no message'
  if (body.correlationId !== id) return `correlationId ${body.correlationId}, header ${id}`
  const strange = Object.keys(body).filter((key) => !envelopeKeys.includes(key))
  if (strange.length > 0) return `fields beside the envelope: ${strange}`
  if (internals.test(text)) return 'tells of internals'
  const named = (body.errors ?? []).map(({ field }: { field: string }) => field.split('.')[0])
  if (status === 400 && request.refuse && request.field && !named.includes(request.field)) {
    return `names ${JSON.stringify(named)} and not ${request.field}`
  }
  return undefined
}

const envelopeKeys = ['error', 'message', 'correlationId', 'errors', 'details']

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Is the status one that the document promises? */
export function isDocumented({ operation }: DocumentedOperation, { status }: FuzzAnswer): boolean {
  return operation.responses[status] !== undefined
}
