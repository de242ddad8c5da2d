import fc from 'fast-check'
import type { DocumentedOperation } from '../support/api-document.ts'
import { parsed } from './checks.ts'
import { hostileValues, rawBodies, strangeFields } from './hostile-values.ts'
import type { FuzzRequest } from './request.ts'
import type { Schema } from './schema-arbitrary.ts'
import { inJson, type Making, validBody } from './valid-requests.ts'

/** What a hostile body puts in the place of that of a valid request. */
export type HostileBody = Pick<FuzzRequest, 'what' | 'headers' | 'body' | 'refuse' | 'field'>

type Body = Record<string, unknown>

/** Bodies that are wrong, or look it, for an operation that takes one. */
export function hostileBodies(one: DocumentedOperation, making: Making): fc.Arbitrary<HostileBody> {
  const schema = one.operation.requestBody?.content['application/json']?.schema as Schema
  const valid = validBody(one, making) as fc.Arbitrary<Body>
  const inField = fc
    .tuple(valid, fc.constantFrom(...pathsIn(schema)), fc.boolean())
    .chain(([body, { path, field }, inList]) =>
      fc
        .constantFrom(...hostileValues, 'a'.repeat((field.maxLength ?? 100) + 1))
        .map((value) => ({ body: put(body, path, inList ? [value] : value), path })),
    )
    .map(({ body, path }) => ({ what: `hostile ${path.join('.')}`, body, field: path[0] }))
  const beside = fc
    .tuple(valid, fc.constantFrom(...strangeFields), fc.constantFrom(...hostileValues))
    .map(([body, name, value]) => ({
      what: 'strange field',
      body: put(body, [name], value),
      field: /^[a-z]\w{0,30}$/i.test(name) && name !== 'constructor' ? name : undefined,
    }))
  const without = fc
    .tuple(fc.constantFrom(...(schema.required ?? [''])), valid)
    .map(([name, { [name]: _, ...body }]) => ({ what: 'field left out', body, field: name }))
  const isValid = validatorIn(one, making)
  const written = fc.oneof({ weight: 5, arbitrary: inField }, beside, without).map((made) => ({
    ...made,
    headers: inJson,
    body: JSON.stringify(made.body),
    refuse: !isValid(JSON.stringify(made.body)),
  }))
  const raw = fc.constantFrom(...rawBodies).map((body) => ({
    what: 'raw body',
    headers: inJson,
    body,
    refuse: !isValid(String(body)),
  }))
  return fc.oneof({ weight: 5, arbitrary: written }, { weight: 2, arbitrary: raw })
}

/** Every field at every depth, from the outside in. */
function pathsIn(schema: Schema, above: string[] = []): { path: string[]; field: Schema }[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    { path: [...above, name], field },
    ...pathsIn(field, [...above, name]),
  ])
}

function put(body: Body, [name = '', ...below]: string[], value: unknown): Body {
  const inner = below.length === 0 ? value : put((body[name] ?? {}) as Body, below, value)
  return { ...body, [name]: inner }
}

/** Text with a NUL or half a surrogate pair, as JSON.stringify writes it. */
const illFormed = /\\u(0000|d[89a-f]..)/

/** Does the document allow what this JSON says, and PostgreSQL the text in it? */
function validatorIn(one: DocumentedOperation, { validators }: Making) {
  const validate = validators.body(one)
  return (text: string): boolean => {
    const value = parsed(text.replace(/^\ufeff/, ''))
    // In this order: what is nested too deep for JSON.stringify is not valid.
    return validate?.(value) === true && !illFormed.test(JSON.stringify(value))
  }
}
