import converter, { type Options } from 'openapi-to-postmanv2'
import { exampleOf } from '../../src/http/example.ts'

type OpenApiOperation = {
  operationId: string
  security: object[]
  parameters?: { example?: unknown; schema: { format?: string; type?: string } }[]
  requestBody?: { content: Record<string, { schema: { properties?: Record<string, Field> } }> }
}

type Field = { type?: string; example?: unknown }

export type OpenApiDocument = { paths: Record<string, Record<string, OpenApiOperation>> }

type Query = { key: string; value: string; disabled: boolean }

export type Item = {
  id: string
  name: string
  request: {
    method: string
    url: { raw?: string; host: string[]; path: string[]; query: Query[]; variable: unknown[] }
    header: { key: string; value: string }[]
    body?: object
    auth?: object | null
  }
  response: { id: string; code: number; originalRequest: Item['request'] }[]
  event?: object[]
}

export type Folder = { id?: string; name: string; item: Item[] }

export type Collection = {
  info: { _postman_id: string }
  item: Folder[]
  auth?: object
  variable: object[]
  event: object[]
}

const options: Options = {
  folderStrategy: 'Tags',
  requestNameSource: 'Fallback',
  parametersResolution: 'Example',
  enableOptionalParameters: false,
  alwaysInheritAuthentication: true,
  includeAuthInfoInExample: false,
}

/** The document as the converter turns it into a collection; what it leaves to chance is fixed before. */
export function convert(document: OpenApiDocument): Promise<Collection> {
  const data = JSON.stringify(withExamples(document))
  return new Promise((resolve, reject) => {
    converter.convertV2({ type: 'string', data }, options, (error, made) => {
      const [output] = made?.output ?? []
      if (output) resolve(output.data as Collection)
      else reject(error ?? new Error(`No collection: ${made?.reason}`))
    })
  })
}

/** For a parameter, or a field of a form, without an example the converter draws a value by lot. */
function withExamples(document: OpenApiDocument): OpenApiDocument {
  const copy = structuredClone(document)
  for (const { parameters = [], requestBody } of operationsIn(copy)) {
    for (const form of forms) {
      const fields = requestBody?.content[form]?.schema.properties ?? {}
      for (const field of Object.values(fields)) field.example ??= exampleOf(field, {})
    }
    for (const parameter of parameters) {
      parameter.example ??=
        examples[parameter.schema.format ?? ''] ?? exampleOf(parameter.schema, {})
    }
  }
  return copy
}

const forms = ['multipart/form-data', 'application/x-www-form-urlencoded']

const examples: Record<string, string> = { 'date-time': '2027-01-31T00:00:00.000Z' }

function operationsIn({ paths }: OpenApiDocument): OpenApiOperation[] {
  return Object.values(paths).flatMap((methods) => Object.values(methods))
}
