import type { Transaction } from '../../audit/record-event.ts'
import type { Jobs } from '../../jobs/jobs.ts'

type Sending = Pick<Jobs, 'send'>
type Place = { tenant_id: string | null }

/** Has a delivery sent when it is due. Who waits for the slow receivers of a tenant is that tenant. */
export const queueDelivery = (
  tx: Transaction,
  jobs: Sending,
  { tenant_id }: Place,
  delivery_id: string,
): Promise<void> => {
  const group = tenant_id ?? 'platform'
  return jobs.send(tx, 'deliver_webhook', { delivery_id }, { key: delivery_id, group })
}

/** As somebody asks for it: also to where nobody answered a moment ago. */
export async function sendNow(
  tx: Transaction,
  jobs: Sending,
  webhook: Place & { id: string },
  delivery_id: string,
): Promise<void> {
  await tx.webhook.update({ where: { id: webhook.id }, data: { paused_until: null } })
  await queueDelivery(tx, jobs, webhook, delivery_id)
}
