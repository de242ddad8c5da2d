import { type Static, Type } from 'typebox'
import { permissionName } from '../../access/permissions.ts'
import { Line, nullable, ScopeEntry, Text } from '../../http/schemas.ts'

const Permissions = Type.Array(
  Type.String({
    pattern: permissionName,
    'x-message': 'must be the name of a permission; wildcards are for roles',
    examples: ['users.read'],
  }),
  {
    minItems: 1,
    maxItems: 1000,
    uniqueItems: true,
    description: 'Left out: all you hold',
  },
)

const Tenants = Type.Array(ScopeEntry, {
  maxItems: 1000,
  uniqueItems: true,
  description: 'Left out: your whole tenant scope',
})

const ExpiresAt = Type.String({
  format: 'date-time',
  maxLength: 40,
  description: 'An instant in the future, or null for never',
  examples: ['2027-01-31T00:00:00.000Z'],
})

const NoRoles = Type.Unsafe<never>({
  not: {},
  description: 'Always refused',
  'x-message': 'cannot be given to a token: it takes permissions and tenants, never roles',
})

/** What a new token is asked for with, by its owner or for a service account. */
export const NewToken = Type.Object(
  {
    name: Line(100, ['CI pipeline']),
    description: Type.Optional(nullable(Text(500, ['Runs the nightly import']))),
    permissions: Type.Optional(Permissions),
    tenants: Type.Optional(Tenants),
    expires_in_days: Type.Optional(Type.Integer({ minimum: 1, maximum: 365, examples: [90] })),
    expires_at: Type.Optional(nullable(ExpiresAt)),
    roles: Type.Optional(NoRoles),
  },
  {
    additionalProperties: false,
    examples: [{ name: 'CI pipeline', permissions: ['users.read'], expires_in_days: 90 }],
  },
)

export type NewToken = Static<typeof NewToken>
