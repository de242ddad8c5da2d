import { Ajv, type Options } from 'ajv'
import addFormats from 'ajv-formats'
import type {
  FastifyInstance,
  FastifySchemaCompiler,
  FastifySchemaValidationError,
  FastifyServerOptions,
  RouteOptions,
} from 'fastify'
import fp from 'fastify-plugin'
import { AppError, type FieldError } from './errors.ts'
import { illFormedField } from './well-formed.ts'

const common: Options = {
  allErrors: true,
  verbose: true,
  useDefaults: false,
  removeAdditional: false,
}

/**
 * A body means what it says: nothing in it is coerced, defaulted or dropped. (Fastify's own Ajv would
 * turn `expires_at: ""` into null, a token that never expires.) Query and path arrive as text and are
 * coerced to the type that is asked for.
 */
const strict = withKeywords(new Ajv({ ...common, coerceTypes: false }))
const coercing = withKeywords(
  // Ajv coerces `1e400` to Infinity, and where it is strict about numbers it then skips the bounds.
  new Ajv({ ...common, coerceTypes: true, useDefaults: true, strictNumbers: false }),
)

function withKeywords(ajv: Ajv): Ajv {
  addFormats.default(ajv)
  // Says in words what a schema refuses, where the keyword's own message would not help.
  ajv.addKeyword('x-message')
  ajv.addVocabulary(['example'])
  return ajv
}

const compile: FastifySchemaCompiler<object> = ({ schema, httpPart }) =>
  (httpPart === 'body' ? strict : coercing).compile(schema)

/** For a route whose operation reads the body itself, as it comes. */
export const unlessBody: FastifySchemaCompiler<object> = (route) =>
  route.httpPart === 'body' ? () => true : compile(route)

type ValidatorFactory = NonNullable<
  NonNullable<
    NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']
  >['buildValidator']
>

/** Given to Fastify as it is made: unlike setValidatorCompiler it also holds where a scope adds schemas. */
export const schemaController = {
  compilersFactory: { buildValidator: (() => compile) as unknown as ValidatorFactory },
}

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
