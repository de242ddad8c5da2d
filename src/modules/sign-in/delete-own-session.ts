import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { isSession } from '../../access/declaration.ts'
import { notFound } from '../../http/errors.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { endSession } from '../../sessions/end-session.ts'
import { liveSessions } from '../../sessions/lifetimes.ts'

/** Ends one of one's own sessions, this one or another, with its access and refresh tokens. */
export const deleteOwnSession: Operation = (app, { prisma }) => {
  app.delete(
    '/me/sessions/:id',
    {
      config: { access: isSession },
      schema: {
        operationId: 'deleteOwnSession',
        summary: 'End one of your sessions',
        tags: ['sign-in'],
        params: IdParams,
        response: { 204: Type.Null({ description: 'The session has ended' }) },
      },
    },
    async (request, reply) => {
      const { params } = request
      const users = [request.authority.owner.id]
      await changing(prisma, request, { users }, async (tx) => {
        const { authority } = request
        const { owner } = authority
        const own = liveSessions(owner.id, authority.read_at)
        const session = await tx.session.findFirst({ where: { AND: [{ id: params.id }, own] } })
        if (!session) throw notFound()
        const ended = { id: session.id, user: owner }
        if (!(await endSession(tx, request, ended, 'ended_by_user'))) throw notFound()
      })
      return reply.code(204).send(null)
    },
  )
}
