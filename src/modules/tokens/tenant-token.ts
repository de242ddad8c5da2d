import { Type } from 'typebox'
import type { Authority } from '../../access/authority.ts'
import { builtIn } from '../../access/permissions.ts'
import { reachOf } from '../../access/reach.ts'
import type { TenantFacts } from '../../access/scope.ts'
import type { Transaction } from '../../audit/record-event.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import { Id, nullable, ref, Timestamp } from '../../http/schemas.ts'
import { Token, tokenOf, withUsage } from './resource.ts'
import { knownEntries } from './seen-tokens.ts'

export const TenantBlock = Type.Object(
  {
    token_id: Id,
    tenant_id: Id,
    reason: Type.String({ examples: ['Exports at night from an unknown address'] }),
    created_at: Timestamp,
    created_by: Id,
  },
  { $id: 'TenantBlock' },
)

export const TenantToken = Type.Object(
  {
    ...Token.properties,
    owner: Type.Object({
      id: Id,
      is_service_account: Type.Boolean(),
      email: nullable(Type.String({ examples: ['ada@example.com'] })),
      name: Type.String({ examples: ['Ada Lovelace'] }),
      status: Type.Enum(['invited', 'active', 'deactivated']),
    }),
    block: nullable(TenantBlock),
  },
  { $id: 'TenantToken' },
)

export const TenantBlockRef = ref(TenantBlock)
export const TenantTokenRef = ref(TenantToken)

export const withOwnerAndBlock = (tenant: TenantFacts) =>
  ({
    ...withUsage,
    owner: {
      select: { id: true, is_service_account: true, email: true, name: true, status: true },
    },
    blocks: { where: { tenant_id: tenant.id } },
  }) satisfies Prisma.TokenInclude

type Row = Prisma.TokenGetPayload<{ include: ReturnType<typeof withOwnerAndBlock> }>

/** These tokens as an administrator of one tenant sees them: of their other tenants, those within reach. */
export async function tenantTokensOf(tx: Transaction, authority: Authority, rows: readonly Row[]) {
  const reach = reachOf(authority, builtIn('tokens.read'))
  const known = await knownEntries(
    tx,
    [reach],
    rows.flatMap(({ tenants }) => tenants),
  )
  return rows.map(({ owner, blocks, ...row }) => ({
    ...tokenOf(row, authority.read_at, known),
    owner,
    block: blocks[0] ?? null,
  }))
}
