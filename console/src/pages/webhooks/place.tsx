import { ScopeEntry } from '../../components/scope-entry.tsx'
import { webhookTexts } from '../../texts/webhooks.ts'

/** Whose changes a webhook is told of. */
export function Place({ tenant_id }: { tenant_id: string | null }) {
  return tenant_id === null ? webhookTexts.platform : <ScopeEntry entry={tenant_id} />
}
