import { type Static, Type } from 'typebox'
import type { Authority } from '../../access/authority.ts'
import { changing } from '../../access/changing.ts'
import { onPlatformInSession } from '../../access/declaration.ts'
import type { Transaction } from '../../audit/record-event.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Query } from '../../http/pagination.ts'
import { IdParams, nullable, ref } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { requireWayIn } from '../../sessions/require-way-in.ts'
import { comesBy, EndOfSignInRef, effectOf, endSignIns } from './effect.ts'
import { lockProvider } from './lock-provider.ts'
import { providerTaken } from './provider-taken.ts'
import { givesAnything, requireDomains, requireJitHeld } from './require-jit-held.ts'
import {
  AllowedDomains,
  ClientId,
  ClientSecret,
  JustInTime,
  jitOf,
  ProviderName,
  type ProviderRow,
  providerFields,
  providerOf,
} from './resource.ts'
import { storeChanges } from './store-changes.ts'

const Body = Type.Partial(
  Type.Object({
    name: ProviderName,
    client_id: ClientId,
    client_secret: ClientSecret,
    allowed_domains: AllowedDomains,
    jit: JustInTime,
    is_enabled: Type.Boolean(),
  }),
  { additionalProperties: false, examples: [{ is_enabled: false }] },
)
type Changes = Static<typeof Body>

export const ChangedIdentityProvider = Type.Object(
  { ...providerFields, effect: nullable(EndOfSignInRef) },
  { $id: 'ChangedIdentityProvider' },
)

const QueryFields = Query({
  dry_run: Type.Boolean({ default: false, description: 'Answer the same and change nothing' }),
})

/** Changes a provider. Its issuer stays: with another one, everybody would be somebody else. */
export const updateIdentityProvider: Operation = (app, { prisma, sealing, publicUrl }) => {
  app.patch(
    '/identity-providers/:id',
    {
      config: { access: onPlatformInSession('settings.write'), stepUp: true },
      schema: {
        operationId: 'updateIdentityProvider',
        summary: 'Change, disable or enable an identity provider',
        description:
          'One that is disabled signs nobody in, and every session that came from it ends at once, for good; `effect` tells how many. The tokens of its people go on.',
        tags: ['identity-providers'],
        params: IdParams,
        querystring: QueryFields,
        body: Body,
        response: { 200: ref(ChangedIdentityProvider), ...errorAnswers(409, 422) },
      },
    },
    // Alone: nobody is in the middle of a sign-in by it, and of two who end each other's sessions one waits.
    (request) =>
      changing(prisma, request, { everybody: true }, async (tx) => {
        const { body, params, query } = request
        const before = await lockProvider(tx, params.id)
        const after = changed(before, body)
        requireDomains(jitOf(after), after.allowed_domains)
        if (mayGiveMore(before, body)) await requireJitHeld(tx, request.authority, jitOf(after))
        const ends = before.is_enabled && !after.is_enabled
        const effect = ends ? await effectOf(tx, before.id) : null
        if (query.dry_run) return { ...providerOf(after, publicUrl), effect }
        const stored = await storeChanges(tx, request, before, after, effect, sealing)
        if (ends) await disable(tx, before.id, request.authority)
        return { ...providerOf(stored, publicUrl), effect }
      }).catch(providerTaken),
  )
}

async function disable(tx: Transaction, id: string, { owner, read_at }: Authority): Promise<void> {
  if (await comesBy(tx, id, owner.id)) await requireWayIn(tx, owner.id)
  await endSignIns(tx, id, read_at)
}

/** Could this let in anybody who was not let in before, or give them more? Then the caller gives it. */
function mayGiveMore(before: ProviderRow, { jit, is_enabled, client_id, ...others }: Changes) {
  if (jit) return givesAnything(jit)
  const { client_secret, allowed_domains = [] } = others
  const isOther = client_id !== undefined || client_secret !== undefined
  const isWider = allowed_domains.some((one) => !before.allowed_domains.includes(one))
  return before.jit_enabled && (is_enabled === true || isOther || isWider)
}

function changed(before: ProviderRow, { jit, client_secret, ...fields }: Changes): ProviderRow {
  const secret = client_secret ? { client_secret: new Uint8Array() } : { client_secret: null }
  const after = { ...before, ...fields, ...(client_secret !== undefined && secret) }
  if (!jit) return after
  const { enabled: jit_enabled, tenants: jit_tenants, grants: jit_grants } = jit
  return { ...after, jit_enabled, jit_tenants, jit_grants }
}
