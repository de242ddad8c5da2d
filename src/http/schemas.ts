import { type Static, type TSchema, Type } from 'typebox'
import { passwordMaxLength } from '../access/password-policy.ts'
import { scopeWords, uuidPattern } from '../access/scope.ts'

/** A named component of the OpenAPI document that still types what a handler returns. */
export const ref = <S extends TSchema & { $id?: string }>(schema: S) =>
  Type.Unsafe<Static<S>>(Type.Ref(`${schema.$id}#`))

export const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])

/** A UUIDv7, in lower case. */
export const Id = Type.String({
  pattern: uuidPattern,
  maxLength: 36,
  'x-message': 'must be an id',
  examples: ['0193b4b2-6d3e-7c51-9f0a-2f4de1a77c11'],
})

/** RFC 3339, UTC, milliseconds. Handlers return Date. */
export const Timestamp = Type.Unsafe<Date>(
  Type.String({ format: 'date-time', examples: ['2026-11-22T09:30:00.000Z'] }),
)

/** One line of text for people: something visible, no control characters, nothing that turns the line around, no space at the ends. */
export const Line = (maxLength: number, examples: string[]) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern:
      '^(?=.*[\\p{L}\\p{N}\\p{P}\\p{S}])(?!\\s)[^\\p{Cc}\\p{Zl}\\p{Zp}\\u202a-\\u202e\\u2066-\\u2069]*(?<!\\s)$',
    'x-message': `must be 1 to ${maxLength} characters on one line, with no space at either end`,
    examples,
  })

export const Text = (maxLength: number, examples: string[]) => Type.String({ maxLength, examples })

/** Why somebody decides as they do, for those who read it later. */
export const Reason = (examples: string[]) =>
  Type.String({
    minLength: 1,
    maxLength: 500,
    pattern: '\\S',
    'x-message': 'must be 1 to 500 characters that say why',
    examples,
  })

/** A tenant id, or a word that stands for all tenants, or for all of one type. */
export const ScopeEntry = Type.String({
  pattern: `^(${scopeWords.join('|')}|${uuidPattern.slice(1, -1)})$`,
  'x-message': 'must be a tenant id, any, type:test or type:production',
  examples: ['0193b4b2-6d3e-7c51-9f0a-2f4de1a77c11'],
})

export const Email = Type.String({
  format: 'email',
  maxLength: 254,
  'x-message': 'must be an e-mail address',
  examples: ['ada@example.com'],
})

export const PasswordText = Type.String({
  minLength: 1,
  maxLength: passwordMaxLength,
  examples: ['correct horse battery staple'],
})

export const IdParams = Type.Object({ id: Id })

export const PermissionNames = Type.Array(Type.String({ examples: ['users.read'] }))

/** What is effectively held, place by place. */
export const EffectiveEntries = Type.Array(
  Type.Object({
    tenant_id: nullable(
      Type.String({
        description: 'A tenant id or a scope word; null for the platform',
      }),
    ),
    permissions: PermissionNames,
  }),
)
