import type { FastifyContextConfig, FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { askAuthority } from '../../access/ask.ts'
import { isAuthenticatedAbout } from '../../access/declaration.ts'
import { permissionName } from '../../access/permissions.ts'
import { forbidden } from '../../http/errors.ts'
import { Query } from '../../http/pagination.ts'
import { Id } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'

const QueryFields = Query({
  permission: Type.Optional(Type.String({ pattern: permissionName, examples: ['users.read'] })),
  tenant_id: Type.Optional(Id),
})

const header = (description: string) => ({ description, type: 'string' })

const schema = {
  operationId: 'authorize',
  summary: 'Decide whether a gateway may let a request through',
  description:
    'Without a permission: whether the credential is in force and reaches the tenant, if one is named.',
  tags: ['gateway'],
  querystring: QueryFields,
  response: {
    204: {
      type: 'null',
      description: 'Let it through',
      headers: {
        'X-Postern-User-Id': header('The owner of the credential'),
        'X-Postern-Credential-Id': header('The token or session'),
        'X-Postern-Tenant-Id': header('The tenant that was asked about, if one was'),
      },
    },
  },
}

const config: FastifyContextConfig = {
  access: isAuthenticatedAbout('tenant_id'),
  isUnlimited: true,
  refuses: ['forbidden'],
}

/**
 * The decision for a gateway that asks before it lets a request through (docs/gateways.md): the status
 * decides, and the headers tell the service behind it who is calling.
 */
export const authorize: Operation = (app, { readCatalogue }) => {
  const handler = async (
    { authority, query }: FastifyRequest<{ Querystring: Static<typeof QueryFields> }>,
    reply: FastifyReply,
  ) => {
    const { permission = null, tenant_id = null } = query
    const leg = askAuthority(authority, await readCatalogue(), { permission, tenant_id })
    if (leg !== null) throw forbidden({ permission, tenant_id, leg })
    return reply
      .code(204)
      .headers({
        'x-postern-user-id': authority.owner.id,
        'x-postern-credential-id': authority.credential.id,
        ...(tenant_id !== null && { 'x-postern-tenant-id': tenant_id }),
        'cache-control': 'no-store',
      })
      .send()
  }
  app.get('/authorize', { config, schema }, handler)
  // Envoy asks with the method of the request that it holds back.
  const method = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
  app.route({ method, url: '/authorize', config, schema: { querystring: QueryFields }, handler })
}
