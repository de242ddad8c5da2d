import { onPlatform } from '../../access/declaration.ts'
import { notFound } from '../../http/errors.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { RoleRef } from './resource.ts'

export const getRole: Operation = (app, { prisma }) => {
  app.get(
    '/roles/:id',
    {
      config: { access: onPlatform('roles.read') },
      schema: {
        operationId: 'getRole',
        summary: 'See a role',
        tags: ['roles'],
        params: IdParams,
        response: { 200: RoleRef },
      },
    },
    async ({ params }) => {
      const role = await prisma.role.findUnique({ where: { id: params.id } })
      if (!role) throw notFound()
      return role
    },
  )
}
