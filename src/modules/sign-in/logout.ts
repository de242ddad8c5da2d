import { Type } from 'typebox'
import { isOptional } from '../../access/declaration.ts'
import { hashToken } from '../../access/token.ts'
import { sessionRequired, unauthorized } from '../../http/errors.ts'
import type { Operation } from '../../operation.ts'
import { endSession } from '../../sessions/end-session.ts'
import {
  clearRefreshCookie,
  readRefreshCookie,
  requireOwnSite,
} from '../../sessions/refresh-cookie.ts'

/** Ends the session of the access token, of the refresh cookie, or of both. */
export const logout: Operation = (app, { prisma, publicUrl }) => {
  app.post(
    '/auth/logout',
    {
      config: { access: isOptional, countsBySource: true, refuses: ['forbidden'] },
      schema: {
        operationId: 'logout',
        summary: 'Sign out',
        tags: ['sign-in'],
        response: {
          204: Type.Null({ description: 'Signed out' }),
        },
      },
    },
    async (request, reply) => {
      const { credential } = request.optionalAuthority ?? {}
      if (credential?.kind === 'personal_access_token') throw sessionRequired()
      const cookie = readRefreshCookie(request)
      if (!credential && cookie === null) throw unauthorized('neither session nor cookie', 'absent')
      if (cookie !== null) requireOwnSite(request, publicUrl)
      await prisma.$transaction(async (tx) => {
        const hash = cookie === null ? [] : [{ token_hash: hashToken(cookie) }]
        const sessions = await tx.session.findMany({
          where: {
            OR: [
              ...(credential ? [{ id: credential.id }] : []),
              ...hash.map((token) => ({ refresh_tokens: { some: token } })),
            ],
          },
          select: { id: true, user: { select: { id: true, name: true } } },
        })
        for (const session of sessions) await endSession(tx, request, session, 'signed_out')
      })
      clearRefreshCookie(reply)
      return reply.code(204).send(null)
    },
  )
}
