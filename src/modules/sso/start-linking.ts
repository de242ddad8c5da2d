import { Type } from 'typebox'
import { isSession } from '../../access/declaration.ts'
import { AppError, notFound } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Id } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { reasonOf } from './failed.ts'
import { ReturnTo } from './return-to.ts'
import { sendAway } from './send-away.ts'

const Params = Type.Object({ provider_id: Id })
const Body = Type.Object(
  { return_to: Type.Optional({ ...ReturnTo, default: '/settings/security' }) },
  { additionalProperties: false },
)
const Answer = Type.Object({
  authorization_url: Type.String({
    description: 'Where to send this browser, which has the cookie that belongs to it',
    examples: ['https://login.example.com/authorize?client_id=postern&…'],
  }),
})

/** The one way to link an identity to a user who is there: they are signed in, and then show who they are there. */
export const startLinking: Operation = (app, tools) => {
  app.post(
    '/me/external-identities/:provider_id/start',
    {
      config: { access: isSession, countsAsSignIn: true },
      schema: {
        operationId: 'startLinking',
        summary: 'Begin to link your identity at a provider',
        tags: ['sign-in'],
        params: Params,
        body: Body,
        response: { 200: Answer, ...errorAnswers(422) },
      },
    },
    async (request, reply) => {
      const { params, body, authority } = request
      const provider = await tools.prisma.identityProvider.findFirst({
        where: { id: params.provider_id, is_enabled: true, deleted_at: null },
      })
      if (!provider) throw notFound()
      const { return_to = '/settings/security' } = body
      const begun = { return_to, session_id: authority.credential.id }
      const url = await sendAway(tools, reply, provider, begun).catch((error) => {
        throw new AppError('unprocessable_entity', 'The identity provider can’t be asked now', {
          reason: reasonOf(error),
        })
      })
      return reply.header('cache-control', 'no-store').send({ authorization_url: url })
    },
  )
}
