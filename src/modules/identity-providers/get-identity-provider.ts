import { onPlatform } from '../../access/declaration.ts'
import { notFound } from '../../http/errors.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { IdentityProviderRef, providerOf, withGrants } from './resource.ts'

export const getIdentityProvider: Operation = (app, { prisma, publicUrl }) => {
  app.get(
    '/identity-providers/:id',
    {
      config: { access: onPlatform('settings.read') },
      schema: {
        operationId: 'getIdentityProvider',
        summary: 'See an identity provider',
        tags: ['identity-providers'],
        params: IdParams,
        response: { 200: IdentityProviderRef },
      },
    },
    async ({ params }) => {
      const row = await prisma.identityProvider.findFirst({
        where: { id: params.id, deleted_at: null },
        include: withGrants,
      })
      if (!row) throw notFound()
      return providerOf(row, publicUrl)
    },
  )
}
