import { Type } from 'typebox'
import type { Authority } from '../../access/authority.ts'
import { isAuthenticated } from '../../access/declaration.ts'
import { liveAt } from '../../db/live-at.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import {
  containing,
  orderBy,
  Page,
  pageFields,
  pageOf,
  Query,
  searchField,
  sortField,
} from '../../http/pagination.ts'
import type { Operation } from '../../operation.ts'
import { TokenRef, tokenOf, withUsage } from './resource.ts'

export const TokenQuery = Query({
  ...pageFields,
  ...sortField(['name', 'created_at', 'expires_at'], '-created_at'),
  ...searchField,
  include: Type.Optional(Type.Literal('ended', { description: 'Also those that ended' })),
})

/** One's own tokens, newest first. */
export const listOwnTokens: Operation = (app, { prisma }) => {
  app.get(
    '/me/tokens',
    {
      config: { access: isAuthenticated },
      schema: {
        operationId: 'listOwnTokens',
        summary: 'List your personal access tokens',
        description: 'A token sees itself only; a signed-in person sees all.',
        tags: ['tokens'],
        querystring: TokenQuery,
        response: { 200: Page(TokenRef) },
      },
    },
    async ({ query, authority }) => {
      const where = {
        ...ownTokens(authority),
        ...(query.search && { name: containing(query.search) }),
        ...(query.include ? {} : liveAt(authority.read_at)),
      }
      const { rows, ...page } = await pageOf(
        query,
        orderBy(query.sort),
        () => prisma.token.count({ where }),
        (slice) => prisma.token.findMany({ where, include: withUsage, ...slice }),
      )
      const data = rows.map((row) => tokenOf(row, authority.read_at))
      return { data, ...page }
    },
  )
}

/** A token that leaks must not tell of its siblings, so it sees only itself. */
export function ownTokens({ owner, credential }: Authority): Prisma.TokenWhereInput {
  const itself = credential.kind === 'session' ? {} : { id: credential.id }
  return { owner_id: owner.id, ...itself }
}
