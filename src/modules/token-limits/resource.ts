import { Type } from 'typebox'
import type { Authority } from '../../access/authority.ts'
import { tokenLimitAt } from '../../access/token-limit.ts'
import { liveAt } from '../../db/live-at.ts'
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
      token_limit: Type.Integer({ description: 'The limit now', examples: [3] }),
      live_tokens: nullable(
        Type.Integer({
          description:
            'How many live tokens they have. Null of your own requests for a token, which sees only itself',
          examples: [3],
        }),
      ),
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

/** With who asks, and how many tokens they have at this moment of the database. */
export function withUser(now: Date) {
  const live_tokens = { select: { tokens: { where: liveAt(now) } } }
  const fields = { id: true, is_service_account: true, email: true, name: true } as const
  const limit = { token_limit: true, token_limit_until: true } as const
  return {
    user: { select: { ...fields, ...limit, _count: live_tokens } },
  } satisfies Prisma.TokenLimitRequestInclude
}

type Row = Prisma.TokenLimitRequestGetPayload<{ include: ReturnType<typeof withUser> }>

export function limitRequestOf({ user: { _count, ...user }, ...row }: Row, now: Date) {
  const token_limit = tokenLimitAt(user, now)
  return { ...row, user: { ...user, token_limit, live_tokens: _count.tokens } }
}

/** For who asked: how many tokens they have is told to a session, and to no token of theirs. */
export function ownLimitRequestOf(row: Row, now: Date, { credential }: Authority) {
  const { user, ...request } = limitRequestOf(row, now)
  const live_tokens = credential.kind === 'session' ? user.live_tokens : null
  return { ...request, user: { ...user, live_tokens } }
}
