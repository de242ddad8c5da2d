import { isDeepStrictEqual } from 'node:util'
import type { FastifyRequest } from 'fastify'
import type { Sealing } from '../../access/sealing.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { placeOfClientSecret } from '../../sso/client-secret.ts'
import { type ProviderRow, toldOf, withGrants } from './resource.ts'

type Changes = { client_secret?: string | null; jit?: { grants: ProviderRow['jit_grants'] } }

/** Stores what has changed, with its event, which tells whom it concerned. */
export async function storeChanges(
  tx: Transaction,
  request: FastifyRequest<{ Body: Changes }>,
  before: ProviderRow,
  after: ProviderRow,
  effect: object | null,
  sealing: Sealing,
): Promise<ProviderRow> {
  const { id } = before
  const { client_secret, jit } = request.body
  const told = difference(before, after)
  if (told === null && client_secret === undefined) return before
  if (jit) await tx.identityProviderGrant.deleteMany({ where: { identity_provider_id: id } })
  const { name, client_id, allowed_domains, is_enabled, jit_enabled, jit_tenants } = after
  const sealed = client_secret && sealing.seal(placeOfClientSecret(id), client_secret)
  const stored = await tx.identityProvider.update({
    where: { id },
    data: {
      ...{ name, client_id, allowed_domains, is_enabled, jit_enabled, jit_tenants },
      ...(sealed !== undefined && { client_secret: sealed || null }),
      ...(jit && { jit_grants: { create: jit.grants } }),
      updated_at: request.authority.read_at,
    },
    include: withGrants,
  })
  await recordEvent(tx, request, {
    action: 'identity_provider.updated',
    target_type: 'identity_provider',
    target_id: id,
    before: told?.before ?? {},
    after: {
      ...told?.after,
      ...(client_secret !== undefined && { client_secret_changed: true }),
      ...(effect && { effect }),
    },
  })
  return stored
}

function difference(before: ProviderRow, after: ProviderRow) {
  const [was, is] = [toldOf(before), toldOf(after)]
  const names = (Object.keys(is) as (keyof typeof is)[]).filter(
    (name) => !isDeepStrictEqual(was[name], is[name]),
  )
  if (names.length === 0) return null
  const of = (told: typeof is) => Object.fromEntries(names.map((name) => [name, told[name]]))
  return { before: of(was), after: of(is) }
}
