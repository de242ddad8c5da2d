type Schema = {
  $ref?: string
  type?: string
  const?: unknown
  enum?: unknown[]
  examples?: unknown[]
  default?: unknown
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  items?: Schema
  not?: unknown
}

/** An example of a whole body, put together from the examples of its fields. */
export function exampleOf(schema: Schema, components: Record<string, Schema>): unknown {
  if (schema.$ref) {
    const component = components[schema.$ref.split('/').at(-1) ?? '']
    return component && exampleOf(component, components)
  }
  const own = [schema.examples?.[0], schema.const, schema.enum?.[0], schema.default]
  const given = own.find((value) => value !== undefined)
  if (given !== undefined) return given
  if (schema.anyOf?.[0]) return exampleOf(schema.anyOf[0], components)
  if (schema.items) return [exampleOf(schema.items, components)]
  if (schema.properties) {
    const fields = Object.entries(schema.properties).filter(([, field]) => !field.not)
    return Object.fromEntries(fields.map(([name, field]) => [name, exampleOf(field, components)]))
  }
  return fallbacks[schema.type ?? ''] ?? null
}

const fallbacks: Record<string, unknown> = {
  boolean: false,
  integer: 1,
  string: 'text',
}
