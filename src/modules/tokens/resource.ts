import { Type } from 'typebox'
import { legs } from '../../access/decide.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import {
  EffectiveEntries,
  Id,
  nullable,
  PermissionNames,
  ref,
  ScopeEntry,
  Timestamp,
} from '../../http/schemas.ts'

const fields = {
  id: Id,
  name: Type.String({ examples: ['CI pipeline'] }),
  description: nullable(Type.String({ examples: ['Runs the nightly import'] })),
  hint: Type.String({
    description: 'The last four characters',
    examples: ['x7Qp'],
  }),
  status: Type.Enum(['active', 'expired', 'revoked']),
  created_at: Timestamp,
  created_by: Id,
  expires_at: nullable(Timestamp),
  last_used_at: nullable(Timestamp),
  last_used_ip: nullable(Type.String({ examples: ['192.0.2.7'] })),
  permissions: PermissionNames,
  tenants: Type.Array(ScopeEntry),
  revoked_at: nullable(Timestamp),
  revoked_by: nullable(Id),
  revoked_reason: nullable(Type.String()),
}

const detail = {
  authority: EffectiveEntries,
  dormant: Type.Array(
    Type.Object({
      permission: Type.String({ examples: ['users.read'] }),
      tenant_id: nullable(Type.String()),
      leg: Type.Enum([...legs]),
    }),
    { description: 'Stored, but not effective now, and which part refuses' },
  ),
}

export const Token = Type.Object(fields, { $id: 'Token' })
export const TokenDetail = Type.Object({ ...fields, ...detail }, { $id: 'TokenDetail' })
export const CreatedToken = Type.Object(
  {
    ...fields,
    ...detail,
    token: Type.Optional(
      Type.String({
        description: 'The secret. It is shown here and never again; a replay leaves it out',
        examples: ['postern_pat_…'],
      }),
    ),
  },
  { $id: 'CreatedToken' },
)

export const TokenRef = ref(Token)
export const TokenDetailRef = ref(TokenDetail)
export const CreatedTokenRef = ref(CreatedToken)

export const withUsage = { usage: true } satisfies Prisma.TokenInclude
type TokenRow = Prisma.TokenGetPayload<{ include: typeof withUsage }>

/** `known`: the stored tenants that the caller may know of, where it is someone else's token. */
export function tokenOf({ usage, ...row }: TokenRow, now: Date, known?: ReadonlySet<string>) {
  const expired = row.expires_at !== null && row.expires_at <= now
  const status = row.revoked_at ? 'revoked' : expired ? 'expired' : 'active'
  return {
    ...row,
    tenants: known ? row.tenants.filter((entry) => known.has(entry)) : row.tenants,
    status: status as 'revoked' | 'expired' | 'active',
    last_used_at: usage?.last_used_at ?? null,
    last_used_ip: usage?.last_used_ip ?? null,
  }
}
