import { Type } from 'typebox'
import { legs } from '../access/decide.ts'
import type { AppError } from './errors.ts'

/** The body of every error answer. */
export const ErrorEnvelope = Type.Object(
  {
    error: Type.String({ description: 'The code', examples: ['unauthorized'] }),
    message: Type.String({
      examples: ['Invalid or expired authentication token'],
    }),
    correlationId: Type.String({
      description: 'Names this request in the logs',
      examples: ['a1b2c3d4e5f67890abcdef1234567890'],
    }),
    errors: Type.Optional(
      Type.Array(Type.Object({ field: Type.String(), message: Type.String() }), {
        description: 'The fields at fault',
      }),
    ),
    details: Type.Optional(
      Type.Object(
        {
          permission: Type.Optional(Type.Union([Type.String(), Type.Null()])),
          tenant_id: Type.Optional(Type.Union([Type.String(), Type.Null()])),
          leg: Type.Optional(Type.Enum([...legs])),
          methods: Type.Optional(
            Type.Array(Type.Enum(['passkey', 'totp', 'password', 'sso']), {
              description: 'By what it can be shown who is calling',
            }),
          ),
        },
        {
          description:
            'On 403: what was asked for, and which part refused; or by what to show who is calling',
        },
      ),
    ),
  },
  { $id: 'Error', description: 'The one shape of every error answer' },
)

export function envelope(error: AppError, correlationId: string) {
  const { errors, methods, details = methods && { methods } } = error.extras
  return {
    error: error.code,
    message: error.message,
    correlationId,
    ...(errors && { errors }),
    ...(details && { details }),
  }
}
