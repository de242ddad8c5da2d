import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { isPublic } from '../../access/declaration.ts'
import { lockUser } from '../../db/lock-user.ts'
import { ipOf } from '../../http/ip.ts'
import { errorAnswers } from '../../http/openapi.ts'
import type { Operation, Tools } from '../../operation.ts'
import { SecondFactorDue, secondFactorDue } from '../../second-factors/second-factor-due.ts'
import { beginSession, signInRefused } from '../../sessions/begin-session.ts'
import { AccessTokenAnswer, handOver } from '../../sessions/hand-over.ts'
import { addRefreshToken } from '../../sessions/refresh-token.ts'
import { Credentials } from './schemas.ts'

const LoginAnswer = Type.Union([AccessTokenAnswer, SecondFactorDue], {
  description: 'Signed in, with the refresh cookie; or what is due besides',
})

/**
 * Signs a person in with e-mail and password. Unknown, wrong, invited, deactivated, deleted, a service
 * account: one answer, after one look-up and one password check of the same cost. Who has a second factor is
 * asked for it, and is not signed in before.
 */
export const login: Operation = (app, tools) => {
  const { accessTokens, signInTries, passwords } = tools
  app.post(
    '/auth/login',
    {
      config: { access: isPublic, countsAsSignIn: true },
      schema: {
        operationId: 'login',
        summary: 'Sign in',
        tags: ['sign-in'],
        body: Credentials,
        response: { 200: LoginAnswer, ...errorAnswers(401) },
      },
      // Of a flood, most are told before their body is read.
      onRequest: async () => passwords.expectRoom(),
    },
    async (request, reply) => {
      const email = request.body.email.toLowerCase()
      const { due, begun } = await signInTries.guarded(email, ipOf(request), () =>
        enter(request, { email, password: request.body.password }, tools),
      )
      if (begun) return handOver(accessTokens, reply, begun.session, begun.refreshToken)
      reply.header('cache-control', 'no-store')
      return due
    },
  )
}

async function enter(
  request: FastifyRequest,
  { email, password }: Static<typeof Credentials>,
  tools: Tools,
) {
  const { prisma, passwords } = tools
  const maySignIn = {
    email,
    deleted_at: null,
    status: 'active',
    is_service_account: false,
  } as const
  const user = await passwords.matching(password, () =>
    prisma.user.findFirst({ where: maySignIn, select: { id: true, password_hash: true } }),
  )
  if (!user) throw signInRefused()
  const { id: user_id, password_hash: hash } = user
  // Where there is no room for that now, there will be at another sign-in.
  const renewed = passwords.isOutdated(hash)
    ? await passwords.hash(password).catch(() => null)
    : null

  return prisma.$transaction(async (tx) => {
    // No password is changed between this look and the session that follows.
    const locked = await lockUser(tx, user_id)
    const verified = { id: user_id, password_hash: hash }
    if (locked?.status !== 'active' || !(await tx.user.count({ where: verified }))) {
      throw signInRefused()
    }
    // The same password, so nothing that an event would tell of.
    if (renewed) await tx.user.update({ where: verified, data: { password_hash: renewed } })
    const due = await secondFactorDue(tx, user_id, tools)
    if (due) return { due }
    const session = await beginSession(tx, request, { user_id, auth_methods: ['password'] })
    return { begun: { session, refreshToken: await addRefreshToken(tx, session, tools) } }
  })
}
