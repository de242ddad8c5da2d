import { Type } from 'typebox'
import type { Reach } from '../access/reach.ts'
import { tokenLimitAt } from '../access/token-limit.ts'
import { scopeEntriesWithin } from '../db/reach-filters.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { Id, Line, nullable, ref, ScopeEntry, Timestamp } from '../http/schemas.ts'

export const UserName = Line(100, ['Ada Lovelace'])

export const userFields = {
  id: Id,
  is_service_account: Type.Boolean(),
  email: nullable(Type.String({ examples: ['ada@example.com'] })),
  name: Type.String({ examples: ['Ada Lovelace'] }),
  status: Type.Enum(['invited', 'active', 'deactivated']),
  token_limit: Type.Integer({ examples: [3] }),
  tenants: Type.Array(ScopeEntry, {
    description: 'Of the tenant scope, what you may know of',
  }),
  created_at: Timestamp,
  last_sign_in_at: nullable(Timestamp),
}

export const User = Type.Object(userFields, { $id: 'User' })
export const CreatedUser = Type.Object(
  {
    ...userFields,
    invitation_url: Type.Optional(
      nullable(
        Type.String({
          description: 'Where an invited person sets a password, once; shown here only',
          examples: ['https://postern.example/accept-invitation#token=…'],
        }),
      ),
    ),
  },
  { $id: 'CreatedUser' },
)

export const UserRef = ref(User)
export const CreatedUserRef = ref(CreatedUser)

/** A user with the entries of the tenant scope that lie within reach; other tenants are none of the caller's business. */
export function withTenants(reach: Reach) {
  return {
    tenants: {
      where: scopeEntriesWithin(reach),
      select: { tenant_id: true, word: true },
      orderBy: { created_at: 'asc' },
    },
  } satisfies Prisma.UserInclude
}

type UserRow = Prisma.UserGetPayload<{
  include: ReturnType<typeof withTenants>
}>

/** `now` is the database's clock: a raised limit may have come to its end. */
export function userOf({ tenants, password_hash: _, ...row }: UserRow, now: Date) {
  return {
    ...row,
    token_limit: tokenLimitAt(row, now),
    tenants: tenants.map(({ tenant_id, word }) => tenant_id ?? word ?? ''),
  }
}
