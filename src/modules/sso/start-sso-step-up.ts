import { Type } from 'typebox'
import { isSession } from '../../access/declaration.ts'
import { conflict } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import type { Operation } from '../../operation.ts'
import { ReturnTo } from './return-to.ts'
import { answerWhere } from './send-away.ts'
import { WhereToGo } from './where-to-go.ts'

const Body = Type.Object(
  { return_to: Type.Optional({ ...ReturnTo, default: '/' }) },
  { additionalProperties: false },
)

/** For who signed in by a provider: they show there, once more, who they are, and this session is fresh again. */
export const startSsoStepUp: Operation = (app, tools) => {
  app.post(
    '/auth/step-up/sso',
    {
      config: { access: isSession, whileEnrolling: true, countsAsSignIn: true },
      schema: {
        operationId: 'startSsoStepUp',
        summary: 'Go to your identity provider to show that it is you',
        tags: ['sign-in'],
        body: Body,
        response: { 200: WhereToGo, ...errorAnswers(409, 422) },
      },
    },
    async (request, reply) => {
      const { authority, body } = request
      const session_id = authority.credential.id
      const provider = await tools.prisma.identityProvider.findFirst({
        where: { sessions: { some: { id: session_id } }, is_enabled: true, deleted_at: null },
      })
      if (!provider) throw conflict('You did not sign in by an identity provider')
      const { return_to = '/' } = body
      return answerWhere(tools, reply, provider, { purpose: 'step_up', return_to, session_id })
    },
  )
}
