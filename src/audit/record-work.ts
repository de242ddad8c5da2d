import type { AuditEvent, Transaction } from './record-event.ts'

/** Who acts where nobody's request is served: whoever once asked for it, or what came due. */
export type WorkActor = {
  actor: { id: string | null; name: string }
  credential?: { kind: 'session' | 'personal_access_token'; id: string; name: string | null } | null
  /** 32 hexadecimal digits; the same for all events of one piece of work. */
  correlation_id: string
}

/** As recordEvent, for what a worker does. */
export async function recordWork(
  tx: Transaction,
  { actor, credential = null, correlation_id }: WorkActor,
  event: AuditEvent,
): Promise<void> {
  await tx.auditEvent.create({
    data: {
      ...event,
      tenant_ids: event.tenant_ids ?? [],
      actor_id: actor.id,
      actor_name: actor.name,
      credential_kind: credential?.kind ?? null,
      credential_id: credential?.id ?? null,
      credential_name: credential?.name ?? null,
      correlation_id,
    },
  })
}
