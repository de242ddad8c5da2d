import { Type } from 'typebox'
import type { Authority } from '../../access/authority.ts'
import { ifNotInForce } from '../../access/authority-reader.ts'
import { refusingLeg } from '../../access/decide.ts'
import { withinReach } from '../../access/declaration.ts'
import { effectiveEntries } from '../../access/effective.ts'
import type { TenantFacts } from '../../access/scope.ts'
import { withTenants } from '../../accounts/resource.ts'
import { tenantsWithin, usersWithin } from '../../db/reach-filters.ts'
import { notFound } from '../../http/errors.ts'
import { Query } from '../../http/pagination.ts'
import { EffectiveEntries, Id, IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'

const Answer = Type.Object({ id: Id, authority: EffectiveEntries })

/** What a user holds now, place by place; places outside the caller's reach are left out. */
export const getEffectivePermissions: Operation = (app, { prisma, readAuthority }) => {
  app.get(
    '/users/:id/effective-permissions',
    {
      config: { access: withinReach('users.read') },
      schema: {
        operationId: 'getEffectivePermissions',
        summary: 'See what a user effectively holds',
        tags: ['users'],
        params: IdParams,
        querystring: Query({ tenant_id: Type.Optional(Id) }),
        response: { 200: Answer },
      },
    },
    async ({ params, query, reach }) => {
      const user = await prisma.user.findFirst({
        where: { AND: [{ id: params.id }, usersWithin(reach)] },
        select: { id: true, ...withTenants(reach) },
      })
      if (!user) throw notFound()
      const subject = { kind: 'owner' as const, user_id: user.id }
      const held = await readAuthority(subject, query.tenant_id ?? null).catch(ifNotInForce)
      if (held === null) return { id: user.id, authority: [] }
      const authority: Authority = held
      const catalogue = await prisma.permission.findMany({ select: { name: true, scope: true } })
      const asked = authority.named_tenant ? [authority.named_tenant.id] : []
      const named = [...authority.tenants.keys(), ...asked]
      const known = await prisma.tenant.findMany({
        where: { AND: [{ id: { in: named } }, tenantsWithin(reach)] },
        select: { id: true, type: true, status: true },
      })
      if (query.tenant_id !== undefined) {
        const tenant = known.find(({ id }) => id === query.tenant_id)
        if (!tenant) throw notFound()
        return { id: user.id, authority: [{ tenant_id: tenant.id, permissions: heldIn(tenant) }] }
      }
      const places = new Set([
        null,
        ...known.map(({ id }) => id),
        ...user.tenants.map(({ word }) => word),
      ])
      const seen = effectiveEntries(authority, catalogue).filter(({ tenant_id }) =>
        places.has(tenant_id),
      )
      return { id: user.id, authority: seen }

      function heldIn(tenant: TenantFacts): string[] {
        return catalogue
          .filter((permission) => refusingLeg(authority, permission, tenant) === null)
          .map(({ name }) => name)
          .sort()
      }
    },
  )
}
