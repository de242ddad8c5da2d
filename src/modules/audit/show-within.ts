import { isBoundless, type Reach } from '../../access/reach.ts'
import { isUuid } from '../../access/scope.ts'
import type { Tools } from '../../operation.ts'
import { tenantsSeen } from './within-reach.ts'

type Shown = { tenant_ids: string[]; before: unknown; after: unknown }

/**
 * Events without the tenants that are none of the reader's business: one that touched two tenants is seen
 * in both, and tells neither of the other.
 */
export async function showWithin<E extends Shown>(
  prisma: Tools['prisma'],
  reach: Reach,
  events: E[],
): Promise<E[]> {
  if (isBoundless(reach)) return events
  const named = new Set(
    events.flatMap((one) => [...one.tenant_ids, ...idsIn(one.before, one.after)]),
  )
  const tenants = await prisma.$queryRaw<{ id: string; seen: boolean }[]>`
    SELECT t.id, ${tenantsSeen(reach)} AS seen FROM tenants t
    WHERE t.id = ANY(${[...named]}::uuid[])`
  const seen = new Set(tenants.filter((tenant) => tenant.seen).map(({ id }) => id))
  const hidden = new Set(tenants.filter((tenant) => !tenant.seen).map(({ id }) => id))
  return events.map((event) => ({
    ...event,
    tenant_ids: event.tenant_ids.filter((id) => seen.has(id)),
    before: without(event.before, hidden) ?? null,
    after: without(event.after, hidden) ?? null,
  }))
}

function idsIn(...values: unknown[]): string[] {
  return values.flatMap((value) => {
    if (typeof value === 'string') return isUuid(value) ? [value] : []
    return value !== null && typeof value === 'object' ? idsIn(...Object.values(value)) : []
  })
}

/** What names a hidden tenant goes: from a list that item, and an object as a whole. */
function without(value: unknown, hidden: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return hidden.has(value) ? undefined : value
  if (value === null || typeof value !== 'object') return value
  const kept = Object.entries(value).map(([key, one]) => [key, without(one, hidden)] as const)
  if (Array.isArray(value)) return kept.flatMap(([, one]) => (one === undefined ? [] : [one]))
  return kept.some(([, one]) => one === undefined) ? undefined : Object.fromEntries(kept)
}
