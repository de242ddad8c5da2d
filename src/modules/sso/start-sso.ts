import { Type } from 'typebox'
import { isPublic } from '../../access/declaration.ts'
import { Query } from '../../http/pagination.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { failInBrowser } from './fail-in-browser.ts'
import { failed, reasonOf } from './failed.ts'
import { ReturnTo } from './return-to.ts'
import { sendAway } from './send-away.ts'

const QueryFields = Query({ return_to: { ...ReturnTo, default: '/' } })

/** Sends the browser to a provider: a link, not a call. */
export const startSso: Operation = (app, tools) => {
  app.get(
    '/auth/sso/:id/start',
    {
      exposeHeadRoute: false,
      config: { access: isPublic, countsAsSignIn: true },
      errorHandler: failInBrowser,
      schema: {
        operationId: 'startSso',
        summary: 'Go to an identity provider to sign in',
        tags: ['sign-in'],
        params: IdParams,
        querystring: QueryFields,
        response: {
          302: Type.Null({
            description:
              'To the provider; or to `/sign-in?error=…&correlation_id=…`, where it can’t be asked',
          }),
        },
      },
    },
    async (request, reply) => {
      const { params, query } = request
      const provider = await tools.prisma.identityProvider.findFirst({
        where: { id: params.id, is_enabled: true, deleted_at: null },
      })
      const { return_to } = query
      const back = { from: return_to }
      if (!provider) return failed(request, reply, 'no such provider', back)
      const begun = { purpose: 'sign_in', return_to, session_id: null } as const
      try {
        const url = await sendAway(tools, reply, provider, begun)
        return reply.header('cache-control', 'no-store').redirect(url, 302)
      } catch (error) {
        return failed(request, reply, reasonOf(error), back)
      }
    },
  )
}
