import type { Given } from '../support/given.ts'

/** Webhooks in every state, and deliveries in every state of the one that is failing, whose id it answers. */
export async function addListeners(given: Given, tenant_id: string): Promise<string> {
  const { sql } = given
  const change = (table: string, id: string, set: string) =>
    sql(`UPDATE ${table} SET ${set} WHERE id = $1`, [id])
  const all = await given.webhook(null, {
    url: 'https://siem.acme.example/collectors/postern?stream=access',
    event_types: ['grant.*', 'service_account.orphaned', 'token.*', 'user.deactivated'],
  })
  await change('webhooks', all.id, `description = 'Our audit trail'`)
  const gone = await given.webhook(tenant_id, { url: 'https://old.acme.example/hook' })
  await change(
    'webhooks',
    gone.id,
    `is_enabled = false, disabled_reason = 'it answered that it is gone'`,
  )
  const { id, delivery_id } = await given.webhook(tenant_id, {
    url: 'https://tickets.acme.example/postern-events',
    event_types: ['token.*', 'user.deactivated'],
  })
  const failing = `description = 'Tells our ticket system', failing_since = now() - interval '2 hours'`
  await change('webhooks', id, failing)
  await change(
    'webhook_deliveries',
    delivery_id,
    `attempts = 16, response_status = 500, failure = 'answered 500'`,
  )
  const delivered = await given.delivery(id, 'token.created')
  const taken = `status = 'delivered', attempts = 1, response_status = 200, ended_at = now()`
  await change('webhook_deliveries', delivered, `${taken}, next_attempt_at = NULL`)
  const waiting = await given.delivery(id, 'user.deactivated')
  const away = `attempts = 4, failure = 'could not be reached'`
  const soon = `next_attempt_at = now() + interval '14 minutes'`
  await change('webhook_deliveries', waiting, `${away}, ${soon}`)
  return id
}
