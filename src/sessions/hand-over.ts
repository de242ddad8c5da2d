import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { AccessTokens } from '../access/access-token.ts'
import { setRefreshCookie } from './refresh-cookie.ts'

export const AccessTokenAnswer = Type.Object(
  {
    access_token: Type.String({
      examples: ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIuLi4ifQ.c2ln'],
    }),
    token_type: Type.Literal('Bearer'),
    expires_in: Type.Integer({ description: 'Seconds', examples: [900] }),
  },
  { description: 'Also sets the refresh cookie' },
)

/** Gives the person what the session is used by: the refresh token as a cookie, an access token as the answer. */
export async function handOver(
  accessTokens: AccessTokens,
  reply: FastifyReply,
  session: { id: string; user_id: string; expires_at: Date },
  refreshToken: string,
) {
  setRefreshCookie(reply, refreshToken, session.expires_at)
  reply.header('cache-control', 'no-store')
  const { id: session_id, user_id } = session
  return {
    access_token: await accessTokens.sign({ user_id, session_id }),
    token_type: 'Bearer' as const,
    expires_in: accessTokens.lifetimeSeconds,
  }
}
