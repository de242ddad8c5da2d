import { withinReach } from '../../access/declaration.ts'
import { UserRef, userOf, withTenants } from '../../accounts/resource.ts'
import { usersWithin } from '../../db/reach-filters.ts'
import { notFound } from '../../http/errors.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'

export const getUser: Operation = (app, { prisma }) => {
  app.get(
    '/users/:id',
    {
      config: { access: withinReach('users.read') },
      schema: {
        operationId: 'getUser',
        summary: 'See a user',
        tags: ['users'],
        params: IdParams,
        response: { 200: UserRef },
      },
    },
    async ({ authority, params, reach }) => {
      const user = await prisma.user.findFirst({
        where: { AND: [{ id: params.id }, usersWithin(reach)] },
        include: withTenants(reach),
      })
      if (!user) throw notFound()
      return userOf(user, authority.read_at)
    },
  )
}
