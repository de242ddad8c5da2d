import fc from 'fast-check'

/** What of JSON Schema decides which values there are. The rest is left to the filter of the whole. */
export type Schema = {
  $ref?: string
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  not?: object
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  minLength?: number
  maxLength?: number
  pattern?: string
  format?: string
  minimum?: number
  maximum?: number
}

export type Surroundings = {
  components: Record<string, Schema>
  /** Values of the database that a field of this name may mean, such as the ids of tenants for `tenant_id`. */
  real: (field: string) => unknown[]
}

/** Values for a field, or for a whole body, that the schema accepts but for keywords unknown here. */
export function arbitraryOf(
  schema: Schema,
  around: Surroundings,
  field = '',
): fc.Arbitrary<unknown> {
  const real = around.real(field).filter((value) => typeOf(value) === schema.type)
  const made = madeUp(schema, around, field)
  if (real.length === 0) return made
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...real) },
    { weight: 1, arbitrary: made },
  )
}

function typeOf(value: unknown): string {
  return Number.isInteger(value) ? 'integer' : typeof value
}

function madeUp(schema: Schema, around: Surroundings, field: string): fc.Arbitrary<unknown> {
  if (schema.$ref) {
    const component = around.components[schema.$ref.split('/').at(-1) ?? '']
    if (!component) throw new Error(`${schema.$ref} leads nowhere`)
    return arbitraryOf(component, around, field)
  }
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map((choice) => arbitraryOf(choice, around, field)))
  if (schema.allOf) return arbitraryOf(merged(schema.allOf), around, field)
  const [type] = [schema.type ?? []].flat()
  const make = makers[type ?? '']
  if (!make) throw new Error(`${field} has a schema without a type: ${JSON.stringify(schema)}`)
  return make(schema, around, field)
}

function merged(parts: Schema[]): Schema {
  return {
    type: 'object',
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    required: parts.flatMap(({ required = [] }) => required),
  }
}

type Maker = (schema: Schema, around: Surroundings, field: string) => fc.Arbitrary<unknown>

const makers: Record<string, Maker> = {
  null: () => fc.constant(null),
  boolean: () => fc.boolean(),
  integer: ({ minimum = -1000, maximum = 1_000_000 }) =>
    fc.oneof(fc.constantFrom(minimum, maximum), fc.integer({ min: minimum, max: maximum })),
  number: ({ minimum = -1000, maximum = 1_000_000 }) =>
    fc.double({ min: minimum, max: maximum, noNaN: true }),
  string: (schema) => text(schema),
  array: (schema, around, field) => list(schema, around, field),
  object: ({ properties = {}, required = [] }, around) => {
    const possible = Object.entries(properties).filter(([, one]) => !one.not)
    const fields = possible.map(([name, one]) => [name, arbitraryOf(one, around, name)] as const)
    return fc.record(Object.fromEntries(fields), {
      requiredKeys: required.filter((name) => name in properties),
      noNullPrototype: true,
    })
  },
}

const fewItems = 5

function list({ items = {}, ...schema }: Schema, around: Surroundings, field: string) {
  const item = arbitraryOf(items, around, field)
  const length = {
    minLength: schema.minItems ?? 0,
    maxLength: Math.max(schema.minItems ?? 0, Math.min(schema.maxItems ?? fewItems, fewItems)),
  }
  if (!schema.uniqueItems) return fc.array(item, length)
  return fc.uniqueArray(item, { ...length, selector: (value) => JSON.stringify(value) })
}

/** fast-check takes 100 ms for some patterns, and the same few come again and again. */
const texts = new Map<string, fc.Arbitrary<string>>()

function text({ minLength = 0, maxLength = 300, pattern, format }: Schema): fc.Arbitrary<string> {
  const key = JSON.stringify([minLength, maxLength, pattern, format])
  const known = texts.get(key)
  if (known) return known
  const regExp = new RegExp(pattern ?? '', 'u')
  const made = (formats[format ?? ''] ?? matching(pattern) ?? anyText(minLength, maxLength)).filter(
    (value) => {
      const { length } = [...value]
      return length >= minLength && length <= maxLength && regExp.test(value)
    },
  )
  texts.set(key, made)
  return made
}

function matching(pattern: string | undefined): fc.Arbitrary<string> | undefined {
  // fast-check makes no strings for a pattern that looks around; such are picked out of all strings.
  if (pattern === undefined || /\(\?<?[=!]/.test(pattern)) return undefined
  return fc.stringMatching(new RegExp(pattern, 'u'))
}

/** Short, as short as may be and as long as may be: in characters, as JSON Schema counts. */
function anyText(minLength: number, maxLength: number): fc.Arbitrary<string> {
  const of = (unit: 'grapheme' | 'binary' | 'grapheme-ascii', min: number, max: number) =>
    fc
      .string({ unit, minLength: min, maxLength: max, size: 'max' })
      .map((value) => [...value.replaceAll('\0', '·')].slice(0, max).join(''))
  const short = Math.min(maxLength, minLength + 20)
  return fc.oneof(
    { weight: 4, arbitrary: of('grapheme', minLength, short) },
    { weight: 2, arbitrary: of('binary', minLength, short) },
    { weight: 1, arbitrary: of('grapheme-ascii', minLength, minLength) },
    { weight: 1, arbitrary: of('grapheme-ascii', maxLength, maxLength) },
  )
}

const instant = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString())
const soon = fc.integer({ min: -400, max: 400 }).map((days) => {
  // A fixed day, so that a seed makes the same requests tomorrow.
  return new Date(Date.UTC(2027, 0, 1) + days * 86_400_000).toISOString()
})
const elsewhere = fc
  .tuple(soon, fc.constantFrom('+14:00', '-12:00', '+05:30', 'z', '-00:00'))
  .map(([text, zone]) => text.replace('Z', zone))

const formats: Record<string, fc.Arbitrary<string>> = {
  'date-time': fc.oneof(instant, soon, elsewhere, fc.constant('2016-12-31T23:59:60Z')),
  date: instant.map((text) => text.slice(0, 10)),
  email: fc.emailAddress(),
  uri: fc.webUrl(),
  uuid: fc.uuid(),
}
