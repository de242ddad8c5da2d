import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { ApiDocument, DocumentedOperation, Parameter } from '../support/api-document.ts'

/** What the document says of values, as a client reads it: without a look at the server's own validation. */
export type Validators = {
  body(one: DocumentedOperation): ValidateFunction | undefined
  answer(one: DocumentedOperation, status: number): ValidateFunction | undefined
  /** Of the query as a whole: text that is coerced, nothing unknown. */
  query(one: DocumentedOperation): ValidateFunction
  /** Of one path parameter, by its name. */
  parameter(one: DocumentedOperation, name: string): ValidateFunction
}

/** Not strict about numbers, or Infinity would get by: see src/http/schema-compilers.ts. */
const coercion = { coerceTypes: true, useDefaults: true, strictNumbers: false }
const options = { strict: false, allErrors: false, validateFormats: true }

export function validatorsOf({ document }: ApiDocument): Validators {
  const strict = addFormats.default(new Ajv(options)).addSchema(document, 'document')
  const coercing = addFormats.default(new Ajv({ ...options, ...coercion }))
  const at = (...steps: string[]) =>
    strict.getSchema(`document#/${steps.map(escapeStep).join('/')}`) as ValidateFunction | undefined
  const json = ['content', 'application/json', 'schema']
  const keep = memoized<ValidateFunction>()
  return {
    body: ({ path, method, operation }) =>
      operation.requestBody?.content['application/json'] &&
      at('paths', path, method.toLowerCase(), 'requestBody', ...json),
    answer: ({ path, method, operation }, status) =>
      operation.responses[status]?.content?.['application/json'] &&
      at('paths', path, method.toLowerCase(), 'responses', `${status}`, ...json),
    query: (one) =>
      keep(`${one.name}?`, () => coercing.compile(schemaOf(parametersIn(one, 'query')))),
    parameter: (one, name) =>
      keep(`${one.name}/${name}`, () => {
        const found = parametersIn(one, 'path').find((parameter) => parameter.name === name)
        return strict.compile(found?.schema ?? false)
      }),
  }
}

export function parametersIn({ operation }: DocumentedOperation, where: Parameter['in']) {
  return (operation.parameters ?? []).filter((parameter) => parameter.in === where)
}

function schemaOf(parameters: Parameter[]) {
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  }
}

/** A step of a JSON Pointer in a fragment. */
function escapeStep(step: string): string {
  return encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))
}

function memoized<Value>() {
  const known = new Map<string, Value>()
  return (key: string, make: () => Value): Value => {
    const value = known.get(key) ?? make()
    known.set(key, value)
    return value
  }
}
