import { envelope } from './envelope.ts'
import {
  AppError,
  conflict,
  forbidden,
  invalidField,
  notFound,
  reauthenticationRequired,
  secondFactorRequired,
  unauthorized,
  unavailable,
  unprocessable,
} from './errors.ts'
import { exampleOf } from './example.ts'
import type { Refusal } from './refusals.ts'

type Media = { schema?: object; example?: unknown }
type Body = { content?: Record<string, Media> }
type Operation = {
  requestBody?: Body
  responses: Record<string, Body>
  'x-refusals'?: Refusal[]
}

type Components = Parameters<typeof exampleOf>[1]

/** Adds to each body of an OpenAPI document the example that it doesn't have yet. */
export function addExamples(document: { paths?: object; components?: { schemas?: object } }): void {
  const components = (document.components?.schemas ?? {}) as Components
  for (const methods of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(methods) as Operation[]) addTo(operation, components)
  }
}

function addTo(operation: Operation, components: Components): void {
  const { requestBody = {}, responses, 'x-refusals': [refusal = 'forbidden'] = [] } = operation
  for (const [of, { content = {} }] of Object.entries({ request: requestBody, ...responses })) {
    const error = of === '403' ? refusals[refusal] : errors[of]
    for (const media of Object.values(content)) {
      media.example ??= error ?? (media.schema && exampleOf(media.schema, components))
    }
  }
}

const answered = (error: AppError) => envelope(error, 'a1b2c3d4e5f67890abcdef1234567890')

const refusals: Record<Refusal, object> = {
  forbidden: answered(
    forbidden({ permission: 'users.read', tenant_id: null, leg: 'token_permission' }),
  ),
  reauthentication_required: answered(reauthenticationRequired(['password'])),
  second_factor_required: answered(secondFactorRequired(['totp'])),
}

/** One error of each other status, as the renderer would answer it. */
const errors: Record<string, object> = Object.fromEntries(
  [
    invalidField('name', 'is required'),
    unauthorized(''),
    notFound(),
    conflict('There is one with this name already', 'name'),
    new AppError('payload_too_large', 'The body is too large'),
    new AppError('unsupported_media_type', 'Send application/json'),
    unprocessable('tenant_id', 'is not one that can be used here'),
    new AppError('rate_limited', 'Too many requests; try again later'),
    new AppError('server_error', 'Something went wrong on our side'),
    unavailable(''),
  ].map((error) => [error.statusCode, answered(error)]),
)
