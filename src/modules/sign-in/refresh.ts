import type { FastifyRequest } from 'fastify'
import { isPublic } from '../../access/declaration.ts'
import { hashToken } from '../../access/token.ts'
import type { Transaction } from '../../audit/record-event.ts'
import { validFrom } from '../../db/valid-from.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { unauthorized } from '../../http/errors.ts'
import { ipOf } from '../../http/ip.ts'
import { errorAnswers } from '../../http/openapi.ts'
import type { Operation, Tools } from '../../operation.ts'
import { endSession } from '../../sessions/end-session.ts'
import { AccessTokenAnswer, handOver } from '../../sessions/hand-over.ts'
import { after } from '../../sessions/lifetimes.ts'
import { readRefreshCookie, requireOwnSite } from '../../sessions/refresh-cookie.ts'
import { addRefreshToken } from '../../sessions/refresh-token.ts'

/**
 * A new access token for the refresh cookie, which is replaced. A cookie that was used before may be
 * a thief's or the victim's: the session ends for both, and a person whose answer got lost signs in
 * again (RFC 9700 §4.14.2).
 */
export const refresh: Operation = (app, tools) => {
  const { prisma, accessTokens, publicUrl } = tools
  app.post(
    '/auth/refresh',
    {
      config: { access: isPublic, countsBySource: true, refuses: ['forbidden'] },
      schema: {
        operationId: 'refresh',
        summary: 'Get a new access token for the refresh cookie',
        tags: ['sign-in'],
        response: { 200: AccessTokenAnswer, ...errorAnswers(401) },
      },
    },
    async (request, reply) => {
      requireOwnSite(request, publicUrl)
      const cookie = readRefreshCookie(request)
      if (cookie === null) throw unauthorized('no refresh cookie', 'absent')
      const renewed = await prisma.$transaction((tx) => renew(tx, request, cookie, tools))
      if (renewed === null) throw unauthorized('refresh token not in force')
      return handOver(accessTokens, reply, renewed.session, renewed.refreshToken)
    },
  )
}

type Presented = {
  id: string
  used: boolean
  session_id: string
  in_force: boolean
  expires_at: Date
  session_idle_minutes: number
  user_id: string
  user_name: string
  now: Date
}

/**
 * Null: refused. Not thrown, since the end of a replayed session has to be committed. The settings of now
 * hold: the time to idle as it is, the whole lifetime where it has become shorter.
 */
async function renew(tx: Transaction, request: FastifyRequest, cookie: string, tools: Tools) {
  // Both rows are locked, so that of many who come with one cookie the second sees the first's use.
  const [presented] = await tx.$queryRaw<Presented[]>`
    SELECT r.id, r.used_at IS NOT NULL AS used, s.id AS session_id, latest.expires_at,
      s.ended_at IS NULL AND least(latest.expires_at, s.idle_expires_at) > now()
        AND s.created_at > coalesce(${Prisma.raw(validFrom('u'))}, '-infinity')
        AND u.status = 'active' AND NOT u.is_service_account AS in_force,
      u.id AS user_id, u.name AS user_name, now() AS now, settings.session_idle_minutes
    FROM refresh_tokens r
    JOIN sessions s ON s.id = r.session_id
    JOIN users u ON u.id = s.user_id
    CROSS JOIN settings
    CROSS JOIN LATERAL (
      SELECT least(s.expires_at,
        s.created_at + make_interval(mins => settings.session_lifetime_minutes)) AS expires_at
    ) latest
    WHERE r.token_hash = ${hashToken(cookie)}
    FOR UPDATE OF r, s`
  if (!presented?.in_force) return null
  const { session_id, user_id, user_name, now, expires_at } = presented
  if (presented.used) {
    const user = { id: user_id, name: user_name }
    await endSession(tx, request, { id: session_id, user }, 'refresh_replayed')
    return null
  }
  await tx.refreshToken.update({
    where: { id: presented.id },
    data: { used_at: now },
  })
  await tx.session.update({
    where: { id: session_id },
    data: {
      last_used_at: now,
      last_used_ip: ipOf(request),
      idle_expires_at: after(now, presented.session_idle_minutes),
      expires_at,
    },
  })
  const refreshToken = await addRefreshToken(tx, { id: session_id }, tools)
  return { session: { id: session_id, user_id, expires_at }, refreshToken }
}
