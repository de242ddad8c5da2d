import { isSession } from '../../access/declaration.ts'
import { orderBy, Page, pageOf } from '../../http/pagination.ts'
import type { Operation } from '../../operation.ts'
import {
  ExternalIdentityQuery,
  ExternalIdentityRef,
  withProvider,
} from '../../sso/external-identity.ts'

/** Who one is to identity providers, and so by which one can sign in. */
export const listOwnExternalIdentities: Operation = (app, { prisma }) => {
  app.get(
    '/me/external-identities',
    {
      config: { access: isSession },
      schema: {
        operationId: 'listOwnExternalIdentities',
        summary: 'List the identities by which you sign in',
        tags: ['sign-in'],
        querystring: ExternalIdentityQuery,
        response: { 200: Page(ExternalIdentityRef) },
      },
    },
    async ({ authority, query }) => {
      const where = { user_id: authority.owner.id }
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
