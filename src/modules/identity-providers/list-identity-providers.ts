import { onPlatform } from '../../access/declaration.ts'
import { orderBy, Page, pageFields, pageOf, Query, sortField } from '../../http/pagination.ts'
import type { Operation } from '../../operation.ts'
import { IdentityProviderRef, providerOf, withGrants } from './resource.ts'

const QueryFields = Query({ ...pageFields, ...sortField(['name', 'created_at'], 'name') })

export const listIdentityProviders: Operation = (app, { prisma, publicUrl }) => {
  app.get(
    '/identity-providers',
    {
      config: { access: onPlatform('settings.read') },
      schema: {
        operationId: 'listIdentityProviders',
        summary: 'List identity providers',
        tags: ['identity-providers'],
        querystring: QueryFields,
        response: { 200: Page(IdentityProviderRef) },
      },
    },
    async ({ query }) => {
      const where = { deleted_at: null }
      const { rows, ...page } = await pageOf(
        query,
        orderBy(query.sort),
        () => prisma.identityProvider.count({ where }),
        (slice) => prisma.identityProvider.findMany({ where, include: withGrants, ...slice }),
      )
      return { data: rows.map((row) => providerOf(row, publicUrl)), ...page }
    },
  )
}
