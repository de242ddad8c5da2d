import type { FastifyRequest } from 'fastify'
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

/** Who acted: the caller, or for a sign-in the person who just proved to be one. */
export async function recordEvent(
  tx: Transaction,
  request: FastifyRequest,
  event: AuditEvent,
  signedIn?: Actor,
): Promise<void> {
  const { owner, credential } = request.optionalAuthority ?? {}
  const actor: Actor = signedIn ?? owner ?? { id: null, name: 'anonymous' }
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
