import type { FastifyRequest } from 'fastify'
import type { Authority } from '../access/authority.ts'
import { systemPrincipalId } from '../db/reach-filters.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { ipOf } from '../http/ip.ts'

/** Prisma within a transaction: what changes state takes one of these, so that its event commits with it. */
export type Transaction = Prisma.TransactionClient

export type AuditEvent = {
  /** `resource.verb` in the past tense. */
  action: string
  target_type: string
  target_id: string
  tenant_ids?: string[]
  before?: Prisma.InputJsonObject
  after?: Prisma.InputJsonObject
}

type Actor = { id: string | null; name: string }

/** The system's tokens are told apart by their own names; their owner is always the same. */
function actorOf(authority: Authority | null): Actor | null {
  if (!authority) return null
  const { owner, credential } = authority
  const isSystem = owner.id === systemPrincipalId
  return { id: owner.id, name: (isSystem && credential.name) || owner.name }
}

/** Who acted: the caller, or for a sign-in the person who just proved to be one. */
export async function recordEvent(
  tx: Transaction,
  request: FastifyRequest,
  event: AuditEvent,
  signedIn?: Actor,
): Promise<void> {
  const credential = request.optionalAuthority?.credential
  const actor = signedIn ?? actorOf(request.optionalAuthority) ?? { id: null, name: 'anonymous' }
  await tx.auditEvent.create({
    data: {
      ...event,
      tenant_ids: event.tenant_ids ?? [],
      actor_id: actor.id,
      actor_name: actor.name,
      credential_kind: credential?.kind ?? null,
      credential_id: credential?.id ?? null,
      credential_name: credential?.name ?? null,
      correlation_id: request.id,
      ip: ipOf(request),
    },
  })
}
