import { Type } from 'typebox'
import { isPublic } from '../../access/declaration.ts'
import { orderBy, Page, pageFields, pageOf, Query, sortField } from '../../http/pagination.ts'
import { Id } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'

const Offered = Type.Object({ id: Id, name: Type.String({ examples: ['Contoso'] }) })

/** For the sign-in page: whom to be sent to. */
export const listSsoProviders: Operation = (app, { prisma }) => {
  app.get(
    '/auth/sso/providers',
    {
      config: { access: isPublic, countsBySource: true },
      schema: {
        operationId: 'listSsoProviders',
        summary: 'List the identity providers by which people sign in',
        tags: ['sign-in'],
        querystring: Query({ ...pageFields, ...sortField(['name'], 'name') }),
        response: { 200: Page(Offered) },
      },
    },
    async ({ query }) => {
      const where = { is_enabled: true, deleted_at: null }
      const select = { id: true, name: true }
      const { rows: data, ...page } = await pageOf(
        query,
        orderBy(query.sort),
        () => prisma.identityProvider.count({ where }),
        (slice) => prisma.identityProvider.findMany({ where, select, ...slice }),
      )
      return { data, ...page }
    },
  )
}
