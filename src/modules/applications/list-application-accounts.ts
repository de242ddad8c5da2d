import { Type } from 'typebox'
import { refusingLeg } from '../../access/decide.ts'
import { withinReach } from '../../access/declaration.ts'
import { builtIn } from '../../access/permissions.ts'
import { ofTenantsWithin } from '../../db/reach-filters.ts'
import { notFound } from '../../http/errors.ts'
import {
  orderBy,
  Page,
  pageFields,
  pageOf,
  Query,
  searchField,
  sortField,
} from '../../http/pagination.ts'
import { Id, IdParams, nullable, ref } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { type Account, accountsOf } from './accounts-query.ts'

export const ApplicationAccount = Type.Object(
  {
    account: Type.String({ examples: ['alovelace'] }),
    email: nullable(Type.String({ examples: ['ada@example.com'] })),
    privileges: Type.Array(Type.String({ examples: ['CLAIMS_APPROVE'] })),
    identity: nullable(
      Type.Object(
        {
          id: Id,
          first_name: nullable(Type.String({ examples: ['Ada'] })),
          last_name: nullable(Type.String({ examples: ['Lovelace'] })),
        },
        {
          description:
            'The person of this e-mail address; null: nobody on the tenant’s books. The names are shown to who holds `identities.read` there',
        },
      ),
    ),
  },
  { $id: 'ApplicationAccount' },
)

const QueryFields = Query({
  ...pageFields,
  ...sortField(['account'], 'account'),
  ...searchField,
  is_matched: Type.Optional(
    Type.Boolean({ description: 'Those of somebody on the tenant’s books, or the others' }),
  ),
})

/** The accounts of an application, as the last finished import brought them. */
export const listApplicationAccounts: Operation = (app, { prisma }) => {
  app.get(
    '/applications/:id/accounts',
    {
      config: { access: withinReach('applications.read') },
      schema: {
        operationId: 'listApplicationAccounts',
        summary: 'List the accounts of an application',
        tags: ['applications'],
        params: IdParams,
        querystring: QueryFields,
        response: { 200: Page(ref(ApplicationAccount)) },
      },
    },
    async ({ params, query, reach, authority }) => {
      const application = await prisma.application.findFirst({
        where: { AND: [{ id: params.id }, ofTenantsWithin(reach)] },
        select: { id: true, tenant_id: true, tenant: true },
      })
      if (!application) throw notFound()
      const accounts = accountsOf(prisma, application, query)
      const order = orderBy(query.sort, [], 'account').slice(0, 1)
      const { rows, ...page } = await pageOf(query, order, accounts.count, accounts.read)
      const seesPeople =
        refusingLeg(authority, builtIn('identities.read'), application.tenant) === null
      return { data: seesPeople ? rows : rows.map(withoutName), ...page }
    },
  )
}

const withoutName = (account: Account): Account => ({
  ...account,
  identity: account.identity && { ...account.identity, first_name: null, last_name: null },
})
