import { Type } from 'typebox'
import { isAuthenticated } from '../../access/declaration.ts'
import { liveAt } from '../../db/live-at.ts'
import { nullable } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'

const TokenPolicy = Type.Object({
  default_token_lifetime_days: Type.Integer({
    description: 'Of a token that asks for none',
    examples: [30],
  }),
  max_token_lifetime_days: nullable(
    Type.Integer({ description: 'Null: there is no maximum', examples: [365] }),
  ),
  never_expiring_tokens_allowed: Type.Boolean({
    description: 'Whether one can be made now: not while there is a maximum',
    examples: [false],
  }),
  token_limit: Type.Integer({ description: 'How many live tokens you may have', examples: [3] }),
  live_tokens: nullable(
    Type.Integer({
      description: 'How many of them you have. Null for a token, which sees only itself',
      examples: [2],
    }),
  ),
})

/** What a new token must be like and whether there is room for it, for who is about to make one. */
export const getOwnTokenPolicy: Operation = (app, { prisma }) => {
  app.get(
    '/me/token-policy',
    {
      config: { access: isAuthenticated },
      schema: {
        operationId: 'getOwnTokenPolicy',
        summary: 'See how long a token may live, and how many you may have',
        tags: ['tokens'],
        response: { 200: TokenPolicy },
      },
    },
    async ({ authority: { owner, credential, read_at } }) => {
      const settings = await prisma.settings.findUniqueOrThrow({ where: { id: 1 } })
      const { max_token_lifetime_days, never_expiring_tokens_allowed } = settings
      const where = { owner_id: owner.id, ...liveAt(read_at) }
      return {
        ...settings,
        never_expiring_tokens_allowed:
          never_expiring_tokens_allowed && max_token_lifetime_days === null,
        token_limit: owner.token_limit,
        live_tokens: credential.kind === 'session' ? await prisma.token.count({ where }) : null,
      }
    },
  )
}
