import { changing } from '../../access/changing.ts'
import { isSession } from '../../access/declaration.ts'
import { errorAnswers } from '../../http/openapi.ts'
import type { Operation } from '../../operation.ts'
import { issueToken } from './issue-token.ts'
import { NewToken } from './new-token.ts'
import { CreatedTokenRef } from './resource.ts'

/** A person makes a token for themselves, with no more than they hold now. */
export const createOwnToken: Operation = (app, tools) => {
  const { prisma } = tools
  app.post(
    '/me/tokens',
    {
      config: { access: isSession, stepUp: true },
      schema: {
        operationId: 'createOwnToken',
        summary: 'Create a personal access token',
        tags: ['tokens'],
        body: {
          ...NewToken,
          examples: [{ name: 'CI pipeline', expires_in_days: 90 }],
        },
        response: { 201: CreatedTokenRef, ...errorAnswers(409, 422) },
      },
    },
    async (request, reply) => {
      const { body } = request
      const issued = await changing(
        prisma,
        request,
        { users: [request.authority.owner.id] },
        (tx) => issueToken(tx, request, { owner: request.authority, body }, tools),
      )
      return reply.code(201).header('cache-control', 'no-store').send(issued)
    },
  )
}
