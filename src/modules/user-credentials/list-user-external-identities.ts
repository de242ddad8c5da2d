import { withinReachInSession } from '../../access/declaration.ts'
import { builtIn } from '../../access/permissions.ts'
import { readAccount } from '../../accounts/lock-target.ts'
import { requireOverUser } from '../../accounts/require-over-account.ts'
import { orderBy, Page, pageOf } from '../../http/pagination.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import {
  ExternalIdentityQuery,
  ExternalIdentityRef,
  withProvider,
} from '../../sso/external-identity.ts'

/** Who a person is to identity providers: shown to those who may unlink it, and to nobody else. */
export const listUserExternalIdentities: Operation = (app, { prisma }) => {
  app.get(
    '/users/:id/external-identities',
    {
      config: { access: withinReachInSession('users.update') },
      schema: {
        operationId: 'listUserExternalIdentities',
        summary: 'List the identities by which a user signs in',
        tags: ['users'],
        params: IdParams,
        querystring: ExternalIdentityQuery,
        response: { 200: Page(ExternalIdentityRef) },
      },
    },
    async ({ authority, params, query, reach }) => {
      const account = await readAccount(prisma, params.id, reach)
      const catalogue = await prisma.permission.findMany({ select: { name: true, scope: true } })
      requireOverUser(authority, builtIn('users.update'), account, catalogue)
      const where = { user_id: params.id }
      const include = withProvider
      const { rows: data, ...page } = await pageOf(
        query,
        orderBy(query.sort),
        () => prisma.externalIdentity.count({ where }),
        (slice) => prisma.externalIdentity.findMany({ where, include, ...slice }),
      )
      return { data, ...page }
    },
  )
}
