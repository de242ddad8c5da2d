import { Type } from 'typebox'
import type { Prisma } from '../../generated/prisma/client.ts'
import { Id, nullable, ref, Timestamp } from '../../http/schemas.ts'

/** More than the three that everybody has, and never more than ten. */
export const RaisedLimit = Type.Integer({ minimum: 4, maximum: 10, examples: [6] })

export const TokenLimitRequest = Type.Object(
  {
    id: Id,
    user_id: Id,
    user: Type.Object({
      id: Id,
      is_service_account: Type.Boolean(),
      email: nullable(Type.String({ examples: ['ada@example.com'] })),
      name: Type.String({ examples: ['Ada Lovelace'] }),
    }),
    requested_limit: RaisedLimit,
    reason: Type.String({ examples: ['One token for each of our four regions'] }),
    status: Type.Enum(['pending', 'approved', 'denied']),
    created_at: Timestamp,
    decided_at: nullable(Timestamp),
    decided_by: nullable(Id),
    decision_reason: nullable(Type.String()),
    granted_limit: nullable(RaisedLimit),
    granted_until: nullable(Timestamp),
  },
  { $id: 'TokenLimitRequest' },
)

export const TokenLimitRequestRef = ref(TokenLimitRequest)

export const withUser = {
  user: { select: { id: true, is_service_account: true, email: true, name: true } },
} satisfies Prisma.TokenLimitRequestInclude
