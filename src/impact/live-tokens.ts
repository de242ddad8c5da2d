import type { Authority } from '../access/authority.ts'
import { isUuid, type TenantFacts } from '../access/scope.ts'
import type { Transaction } from '../audit/record-event.ts'
import type { Prisma } from '../generated/prisma/client.ts'

const facts = { select: { id: true, type: true, status: true } } as const

const withAuthority = {
  omit: { token_hash: true },
  include: {
    owner: {
      select: {
        id: true,
        is_service_account: true,
        email: true,
        name: true,
        status: true,
        token_limit: true,
        tenants: { include: { tenant: facts } },
        grants: { include: { tenant: facts, role: { select: { permissions: true } } } },
      },
    },
    blocks: { include: { tenant: facts } },
  },
} satisfies Prisma.TokenDefaultArgs

/** A token with everything that decides what it may do, as rows: what is about to change can be changed in them. */
export type LiveToken = Prisma.TokenGetPayload<typeof withAuthority>

const batchSize = 500

/** The tokens that work now, of those that `where` names, batch by batch. */
export async function* liveTokens(
  tx: Transaction,
  where: Prisma.TokenWhereInput,
  now: Date,
): AsyncGenerator<{ tokens: LiveToken[]; stored: Map<string, TenantFacts> }> {
  const live = {
    revoked_at: null,
    OR: [{ expires_at: null }, { expires_at: { gt: now } }],
    owner: { status: 'active' as const, deleted_at: null },
  }
  // All of them are found at once: what finds them may be no index on ids, to be walked anew for each batch.
  const found = await tx.token.findMany({
    where: { AND: [where, live] },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  for (let from = 0; from < found.length; from += batchSize) {
    const batch = found.slice(from, from + batchSize).map(({ id }) => id)
    const tokens = await tx.token.findMany({
      where: { id: { in: batch } },
      ...withAuthority,
      orderBy: { id: 'asc' },
    })
    const ids = [...new Set(tokens.flatMap(({ tenants }) => tenants))].filter(isUuid)
    const stored = await tx.$queryRaw<TenantFacts[]>`
      SELECT id::text, type::text, status::text FROM tenants WHERE id = ANY (${ids}::uuid[])`
    yield { tokens, stored: new Map(stored.map((one) => [one.id, one])) }
  }
}

/** What the authority reader would have read for this token. */
export function authorityOf(
  { id, name, expires_at, permissions, tenants, owner, blocks }: LiveToken,
  stored: ReadonlyMap<string, TenantFacts>,
  read_at: Date,
): Authority {
  const named = [...owner.tenants, ...owner.grants, ...blocks].flatMap(({ tenant }) => tenant ?? [])
  return {
    owner,
    credential: { kind: 'personal_access_token', id, name, expires_at },
    sign_in: null,
    stored: { permissions, tenants },
    scope: owner.tenants.map(({ tenant_id, word }) => tenant_id ?? word ?? ''),
    grants: owner.grants.map(({ tenant_id, role }) => ({ tenant_id, ...role })),
    blocked_tenant_ids: blocks.map(({ tenant_id }) => tenant_id),
    tenants: new Map([...stored, ...named.map((one) => [one.id, one] as const)]),
    named_tenant: null,
    read_at,
  }
}
