import fc from 'fast-check'
import type { DocumentedOperation } from '../support/api-document.ts'
import { callers, type FuzzRequest } from './request.ts'
import { arbitraryOf, type Schema, type Surroundings } from './schema-arbitrary.ts'
import { parametersIn, type Validators } from './validators.ts'

export type Making = { validators: Validators; around: Surroundings }

/** Requests whose form the document allows in every part. */
export function validRequests(one: DocumentedOperation, making: Making): fc.Arbitrary<FuzzRequest> {
  const parts = fc.record({
    path: validPath(one, making),
    query: validQuery(one, making),
    body: validBody(one, making),
    caller: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('session' as const) },
      { weight: 3, arbitrary: fc.constantFrom(...callers) },
    ),
  })
  return parts.map(({ path, query, body, caller }) => ({
    what: 'valid',
    caller,
    method: one.method,
    target: path + query,
    headers: body === undefined ? {} : inJson,
    body: body === undefined ? undefined : JSON.stringify(body),
    refuse: false,
  }))
}

export const inJson = { 'content-type': 'application/json' }

/** Undefined where the operation takes no body. */
export function validBody(one: DocumentedOperation, { validators, around }: Making) {
  const schema = one.operation.requestBody?.content['application/json']?.schema
  if (!schema) return fc.constant(undefined)
  const isValid = validators.body(one)
  return arbitraryOf(schema as Schema, around).filter((body) => isValid?.(body) === true)
}

/** Each parameter by its name; `{id}` of `/users/{id}` may be the id of a user. */
export function pathParameters({ path }: DocumentedOperation) {
  const found = [...path.matchAll(/([^/]*)\/\{(\w+)\}/g)]
  return found.map(([, before = '', name = '']) => ({ name, means: name === 'id' ? before : name }))
}

function validPath(one: DocumentedOperation, { around }: Making): fc.Arbitrary<string> {
  const schemas = new Map(parametersIn(one, 'path').map(({ name, schema }) => [name, schema]))
  const values = pathParameters(one).map(
    ({ name, means }) =>
      [
        name,
        arbitraryOf(schemas.get(name) as Schema, around, means) as fc.Arbitrary<string>,
      ] as const,
  )
  return fc.record(Object.fromEntries(values)).map((params) => fill(one, params))
}

function fill({ path }: DocumentedOperation, params: Record<string, string>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')
}

function validQuery(one: DocumentedOperation, { validators, around }: Making) {
  const parameters = parametersIn(one, 'query')
  const values = parameters.map(
    ({ name, schema }) => [name, arbitraryOf(schema as Schema, around, name)] as const,
  )
  const isValid = validators.query(one)
  return fc
    .record(Object.fromEntries(values), {
      requiredKeys: parameters.filter(({ required }) => required).map(({ name }) => name),
      noNullPrototype: true,
    })
    .filter((query) => isValid({ ...query }) === true)
    .map(queryString)
}

function queryString(query: Record<string, unknown>): string {
  const pairs = Object.entries(query).map(([name, value]) => {
    return `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`
  })
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}
