import { systemPrincipalId } from '../db/reach-filters.ts'
import type { AuditEvent, Transaction } from './record-event.ts'

/** Who began what is done now, with which credential. */
export type BegunBy = {
  user_id: string
  credential: { kind: 'session' | 'personal_access_token'; id: string; name: string | null }
}

/**
 * Records what is done outside of any request, in the name of who began it. `work_id` is the row that says
 * what there is to do: in the place of a correlation id it finds all that came of it.
 */
export async function recordWork(
  tx: Transaction,
  { user_id, credential }: BegunBy,
  work_id: string,
  event: AuditEvent,
): Promise<void> {
  const { name } = await tx.user.findUniqueOrThrow({ where: { id: user_id } })
  const isSystem = user_id === systemPrincipalId
  await tx.auditEvent.create({
    data: {
      ...event,
      tenant_ids: event.tenant_ids ?? [],
      actor_id: user_id,
      actor_name: (isSystem && credential.name) || name,
      credential_kind: credential.kind,
      credential_id: credential.id,
      credential_name: credential.name,
      correlation_id: work_id.replaceAll('-', ''),
    },
  })
}
