import { Type } from 'typebox'
import { isPublic } from '../../access/declaration.ts'
import { hexHashOf } from '../../access/token.ts'
import { ipOf } from '../../http/ip.ts'
import { Email } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'

const Nothing = Type.Unsafe<undefined>(
  Type.Null({ description: 'If there is such a person, they get a mail' }),
)

const Body = Type.Object({ email: Email }, { additionalProperties: false })

/**
 * Asks for a mail with which to set a new password. Whether anybody has the address is looked up later, by
 * the worker: the answer, and the time that it takes, can't depend on it.
 */
export const requestPasswordReset: Operation = (app, { prisma, jobs }) => {
  app.post(
    '/auth/password-reset',
    {
      config: { access: isPublic, countsAsSignIn: true },
      schema: {
        operationId: 'requestPasswordReset',
        summary: 'Ask for a mail to set a new password',
        description: 'Answers the same whether or not somebody signs in with this address.',
        tags: ['sign-in'],
        body: Body,
        response: { 202: Nothing },
      },
    },
    async (request, reply) => {
      const email = request.body.email.toLowerCase()
      const asked = { email, ip: ipOf(request), correlation_id: request.id }
      await prisma.$transaction((tx) =>
        jobs.send(tx, 'begin_password_reset', asked, { key: hexHashOf(email) }),
      )
      return reply.code(202).send(undefined)
    },
  )
}
