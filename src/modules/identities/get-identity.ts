import { withinReach } from '../../access/declaration.ts'
import { ofTenantsWithin } from '../../db/reach-filters.ts'
import { notFound } from '../../http/errors.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { IdentityRef, identitiesOf } from './resource.ts'

export const getIdentity: Operation = (app, { prisma }) => {
  app.get(
    '/identities/:id',
    {
      config: { access: withinReach('identities.read') },
      schema: {
        operationId: 'getIdentity',
        summary: 'See an identity',
        tags: ['identities'],
        params: IdParams,
        response: { 200: IdentityRef },
      },
    },
    async ({ params, reach }) => {
      const row = await prisma.identity.findFirst({
        where: { AND: [{ id: params.id }, ofTenantsWithin(reach)] },
      })
      const [identity] = await identitiesOf(prisma, row ? [row] : [])
      if (!identity) throw notFound()
      return identity
    },
  )
}
