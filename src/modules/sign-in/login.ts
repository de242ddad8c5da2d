import { isPublic } from '../../access/declaration.ts'
import { lockUser } from '../../db/lock-user.ts'
import { AppError } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import type { Operation } from '../../operation.ts'
import { setRefreshCookie } from './refresh-cookie.ts'
import { AccessTokenAnswer, Credentials } from './schemas.ts'
import { addRefreshToken, startSession } from './sessions.ts'

/**
 * Signs a person in with e-mail and password. Unknown, wrong, invited, deactivated, deleted, a service
 * account: one answer, after one look-up and one password check of the same cost.
 */
export const login: Operation = (app, tools) => {
  const { prisma, passwords, accessTokens } = tools
  app.post(
    '/auth/login',
    {
      config: { access: isPublic, countsAsSignIn: true },
      schema: {
        operationId: 'login',
        summary: 'Sign in',
        tags: ['sign-in'],
        body: Credentials,
        response: { 200: AccessTokenAnswer, ...errorAnswers(401) },
      },
    },
    async (request, reply) => {
      const { email, password } = request.body
      const user = await prisma.user.findFirst({
        where: { email: email.toLowerCase(), deleted_at: null },
      })
      const maySignIn = user?.status === 'active' && !user.is_service_account
      const hash = maySignIn ? user.password_hash : null
      if (!(await passwords.verify(password, hash)) || !user) throw refused()

      const { session, refreshToken } = await prisma.$transaction(async (tx) => {
        // Nobody is deactivated, and no password changed, between this look and the session that follows.
        const locked = await lockUser(tx, user.id)
        const verified = { id: user.id, password_hash: hash }
        if (locked?.status !== 'active' || !(await tx.user.count({ where: verified }))) {
          throw refused()
        }
        const session = await startSession(tx, request, user, locked.now)
        return {
          session,
          refreshToken: await addRefreshToken(tx, session, tools),
        }
      })
      setRefreshCookie(reply, refreshToken, session.expires_at)
      reply.header('cache-control', 'no-store')
      return {
        access_token: await accessTokens.sign({
          user_id: user.id,
          session_id: session.id,
        }),
        token_type: 'Bearer' as const,
        expires_in: accessTokens.lifetimeSeconds,
      }
    },
  )
}

function refused(): AppError {
  return new AppError('unauthorized', 'The e-mail address or the password is wrong', {
    reason: 'sign-in refused',
    headers: { 'www-authenticate': 'Bearer realm="postern"' },
  })
}
