import type { FastifyInstance, FastifySchemaValidationError, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'
import { AppError, type FieldError } from './errors.ts'
import { illFormedField } from './well-formed.ts'

/** Many clients announce JSON on every call and send none where there is nothing to send. */
export function acceptEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else parse(request, body as string, done)
  })
}

export const validation = fp(
  async (app: FastifyInstance) => {
    app.addHook('onRoute', requireStrictBody)
    app.addHook('onRoute', ({ schema }) => {
      if (schema?.operationId) schema.querystring ??= noQuery
    })
    app.addHook('preValidation', (request, _reply, done) => {
      for (const part of [request.body, request.query]) {
        const field = illFormedField(part)
        if (field !== null) {
          const message = 'must not contain a NUL character or half of a surrogate pair'
          throw new AppError('validation_error', `${field} ${message}`, {
            errors: [{ field, message }],
            reason: 'form',
          })
        }
      }
      done()
    })
  },
  { name: 'validation' },
)

const noQuery = { type: 'object', properties: {}, additionalProperties: false }

function requireStrictBody({ schema, method, url }: RouteOptions): void {
  const body = schema?.body as { type?: string; additionalProperties?: unknown } | undefined
  if (body?.type === 'object' && body.additionalProperties !== false) {
    throw new Error(`The body of ${String(method)} ${url} allows unknown fields`)
  }
}

const shownMax = 20

/** One entry per field. An item of a list is named in the message; the field is the list. */
export function fieldErrors(validation: FastifySchemaValidationError[]): FieldError[] {
  const found = new Map<string, FieldError>()
  for (const error of validation) {
    const { field, item } = locate(error)
    if (found.has(field) || found.size >= shownMax) continue
    found.set(field, { field, message: item + messageOf(error) })
  }
  return [...found.values()]
}

function locate({ instancePath, params }: FastifySchemaValidationError) {
  const steps = instancePath.split('/').slice(1)
  const named = params['additionalProperty'] ?? params['missingProperty']
  if (typeof named === 'string') steps.push(named)
  const index = steps.findIndex((step) => /^\d+$/.test(step))
  const names = index === -1 ? steps : steps.slice(0, index)
  return {
    field: names.join('.') || 'body',
    item: index === -1 ? '' : `item ${Number(steps[index]) + 1} `,
  }
}

function messageOf(error: FastifySchemaValidationError): string {
  const { parentSchema } = error as { parentSchema?: Record<string, unknown> }
  const own = parentSchema?.['x-message']
  if (typeof own === 'string') return own
  switch (error.keyword) {
    case 'additionalProperties':
      return 'is not a known field'
    case 'required':
      return 'is required'
    case 'minItems':
      return 'must not be empty'
    case 'uniqueItems':
      return 'must not hold the same twice'
    case 'format':
      return `must be a ${error.params['format']}`
    case 'enum':
      return `must be one of ${(error.params['allowedValues'] as unknown[]).join(', ')}`
    default:
      return error.message ?? 'is not valid'
  }
}
