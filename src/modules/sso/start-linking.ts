import { Type } from 'typebox'
import { isSession } from '../../access/declaration.ts'
import { notFound } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Id } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { ReturnTo } from './return-to.ts'
import { answerWhere } from './send-away.ts'
import { WhereToGo } from './where-to-go.ts'

const Params = Type.Object({ provider_id: Id })
const Body = Type.Object(
  { return_to: Type.Optional({ ...ReturnTo, default: '/settings/security' }) },
  { additionalProperties: false },
)

/** The one way to link an identity to a user who is there: they are signed in, and then show who they are there. */
export const startLinking: Operation = (app, tools) => {
  app.post(
    '/me/external-identities/:provider_id/start',
    {
      config: { access: isSession, stepUp: true, changesFactors: true, countsAsSignIn: true },
      schema: {
        operationId: 'startLinking',
        summary: 'Begin to link your identity at a provider',
        tags: ['sign-in'],
        params: Params,
        body: Body,
        response: { 200: WhereToGo, ...errorAnswers(422) },
      },
    },
    async (request, reply) => {
      const { params, body, authority } = request
      const provider = await tools.prisma.identityProvider.findFirst({
        where: { id: params.provider_id, is_enabled: true, deleted_at: null },
      })
      if (!provider) throw notFound()
      const { return_to = '/settings/security' } = body
      const session_id = authority.credential.id
      return answerWhere(tools, reply, provider, { purpose: 'link', return_to, session_id })
    },
  )
}
