import { SerializerSelector } from '@fastify/fast-json-stringify-compiler'
import { Ajv, type Options } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifySchemaCompiler, FastifyServerOptions } from 'fastify'

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

type Compilers = NonNullable<
  NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']
>
type ValidatorFactory = NonNullable<Compilers['buildValidator']>
type SerializerFactory = NonNullable<Compilers['buildSerializer']>

const compile: FastifySchemaCompiler<object> = ({ schema, httpPart }) =>
  (httpPart === 'body' ? strict : coercing).compile(schema)

/** For a route whose operation reads the body itself, as it comes. */
export const unlessBody: FastifySchemaCompiler<object> = (route) =>
  route.httpPart === 'body' ? () => true : compile(route)

/** Given to Fastify as it is made: unlike setValidatorCompiler it also holds where a scope adds schemas. */
export const schemaController = {
  compilersFactory: { buildValidator: (() => compile) as unknown as ValidatorFactory },
}

const compileLate: FastifySchemaCompiler<object> = (route) => {
  let compiled: ReturnType<typeof compile> | null = null
  const validate: ReturnType<typeof compile> = (data: unknown) => {
    compiled ??= compile(route)
    const isValid = compiled(data)
    validate.errors = compiled.errors ?? null
    return isValid
  }
  return validate
}

const serializers = SerializerSelector()

const serializersLate = (...given: Parameters<typeof serializers>) => {
  const compile = serializers(...given)
  return (route: Parameters<typeof compile>[0]) => {
    let serialize: ReturnType<typeof compile> | null = null
    return (data: unknown) => {
      serialize ??= compile(route)
      return serialize(data)
    }
  }
}

/**
 * The same, each schema at its first use, for who starts often and calls little: all of them are half of a start.
 * Whether they compile at all is then not known before; `npm run check:openapi` starts as the product does, and tells.
 */
export const lateSchemaController = {
  compilersFactory: {
    buildValidator: (() => compileLate) as unknown as ValidatorFactory,
    buildSerializer: serializersLate as unknown as SerializerFactory,
  },
}
