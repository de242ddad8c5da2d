import type { RouteOptions } from 'fastify'
import type { Access } from '../../src/access/declaration.ts'
import { exampleOf } from '../../src/http/example.ts'
import type { App } from '../../src/operation.ts'

/** One operation of the API, as the server itself declares it. */
export type ApiOperation = {
  /** `GET /api/v1/users/:id`, to be named in a test. */
  name: string
  operationId: string
  method: string
  url: string
  access: Access
  /** The names of the path parameters, in their order. */
  params: string[]
  /** A body that the schema accepts; undefined where the operation takes none. */
  exampleBody: unknown
}

/** From the table of routes, so that a new operation is under test the moment it exists. */
export function operationsOf(app: App): ApiOperation[] {
  return app.routes.flatMap(operationOf)
}

function operationOf({ schema, method, url, config }: RouteOptions): ApiOperation[] {
  const operationId = schema?.operationId
  if (operationId === undefined || method === 'HEAD' || !config?.access) return []
  const body = schema?.body as Parameters<typeof exampleOf>[0] | undefined
  return [
    {
      name: `${method} ${url}`,
      operationId,
      method: String(method),
      url,
      access: config.access,
      params: [...url.matchAll(/:(\w+)/g)].map(([, param]) => param ?? ''),
      exampleBody: body && exampleOf(body, {}),
    },
  ]
}

/** The path for the client: below `/api/v1`, or with two slashes where it is elsewhere. */
export function pathOf({ url }: ApiOperation, params: Record<string, string>): string {
  const path = url.startsWith('/api/v1') ? url.replace('/api/v1', '') : `/${url}`
  return path.replace(/:(\w+)/g, (_, param: string) => params[param] ?? '')
}
