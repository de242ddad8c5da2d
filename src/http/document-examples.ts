import { envelope } from './envelope.ts'
import {
  AppError,
  conflict,
  forbidden,
  invalidField,
  notFound,
  unauthorized,
  unavailable,
  unprocessable,
} from './errors.ts'
import { exampleOf } from './example.ts'

type Media = { schema?: object; example?: unknown }
type Body = { content?: Record<string, Media> }
type Operation = { requestBody?: Body; responses: Record<string, Body> }

/** Adds to each body of an OpenAPI document the example that it doesn't have yet. */
export function addExamples(document: { paths?: object; components?: { schemas?: object } }): void {
  const components = (document.components?.schemas ?? {}) as Parameters<typeof exampleOf>[1]
  for (const methods of Object.values(document.paths ?? {})) {
    for (const { requestBody = {}, responses } of Object.values(methods) as Operation[]) {
      for (const [of, { content = {} }] of Object.entries({ request: requestBody, ...responses })) {
        for (const media of Object.values(content)) {
          media.example ??= errors[of] ?? (media.schema && exampleOf(media.schema, components))
        }
      }
    }
  }
}

/** One error of each status, as the renderer would answer it. */
const errors: Record<string, object> = Object.fromEntries(
  [
    invalidField('name', 'is required'),
    unauthorized(''),
    forbidden({ permission: 'users.read', tenant_id: null, leg: 'token_permission' }),
    notFound(),
    conflict('There is one with this name already', 'name'),
    new AppError('payload_too_large', 'The body is too large'),
    new AppError('unsupported_media_type', 'Send application/json'),
    unprocessable('tenant_id', 'is not one that can be used here'),
    new AppError('rate_limited', 'Too many requests; try again later'),
    new AppError('server_error', 'Something went wrong on our side'),
    unavailable(''),
  ].map((error) => [error.statusCode, envelope(error, 'a1b2c3d4e5f67890abcdef1234567890')]),
)
