import type { AnySchemaObject } from 'ajv'
import type { Client } from './client.ts'

export type Media = { schema?: AnySchemaObject; example?: unknown }

export type Parameter = {
  in: 'path' | 'query' | 'header' | 'cookie'
  name: string
  required?: boolean
  schema: AnySchemaObject
}

/** One operation, as the OpenAPI document has it. */
export type Operation = {
  operationId?: string
  summary?: string
  description?: string
  tags?: string[]
  security?: object[]
  parameters?: Parameter[]
  'x-required-permission'?: string | null
  'x-session-only'?: boolean
  'x-step-up'?: boolean
  'x-refusals'?: string[]
  requestBody?: { required?: boolean; content: Record<string, Media> }
  responses: Record<string, { description?: string; content?: Record<string, Media> }>
}

export type DocumentedOperation = {
  /** `GET /users/{id}`: the base path goes without saying. */
  name: string
  method: string
  /** With the base path. */
  path: string
  operation: Operation
}

export type ApiDocument = { document: object; operations: DocumentedOperation[] }

/** As the running server serves it; the committed file is held equal to that by `npm run check:openapi`. */
export async function readApiDocument(call: Client): Promise<ApiDocument> {
  const { body } = await call('GET', '//openapi.json')
  const paths = body.paths as Record<string, Record<string, Operation>>
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([key, operation]) => {
      const method = key.toUpperCase()
      return { name: `${method} ${path.replace(/^\/api\/v1/, '')}`, method, path, operation }
    }),
  )
  return { document: body, operations }
}

/** The bodies of a request and its answers, with the names that tell them apart. */
export function mediaOf({ requestBody, responses }: Operation): { of: string; media: Media }[] {
  const bodies = Object.entries({ request: requestBody, ...responses })
  return bodies.flatMap(([of, body]) =>
    Object.values(body?.content ?? {}).map((media) => ({ of, media })),
  )
}
