import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { sealing } from '../../src/access/sealing.ts'
import { placeOfSecret } from '../../src/modules/webhooks/secret.ts'
import type { TestDatabase } from './database.ts'

type WebhookOptions = { url?: string; event_types?: string[] }

/** As givenOf: where changes are sent. */
export function webhooksOf(sql: TestDatabase['sql']) {
  async function sealed(id: string, secret: string): Promise<Uint8Array> {
    const [key] = await sql<{ secret: Buffer }>('SELECT secret FROM signing_keys')
    if (!key) throw new Error('There is no signing key')
    return sealing(key.secret, '', randomBytes).seal(placeOfSecret(id), secret)
  }

  /** Something that waits to be sent, and that no job is there for. */
  async function delivery(webhook_id: string, type = 'webhook.test') {
    const id = uuidv7()
    await sql(
      `INSERT INTO webhook_deliveries (id, webhook_id, type, payload)
       VALUES ($1, $2, $3, json_build_object('type', $3::text))`,
      [id, webhook_id, type],
    )
    return id
  }

  /** Of a tenant, or of the platform; and something that could not be sent there. */
  async function webhook(tenant_id: string | null, options: WebhookOptions = {}) {
    const id = uuidv7()
    const { url = 'https://example.com/hook', event_types = ['token.*'] } = options
    const secret = `whsec_${randomBytes(32).toString('base64')}`
    await sql(
      `INSERT INTO webhooks (id, tenant_id, url, event_types, secret, created_by)
       VALUES ($1, $2, $3, $4, $5, $1)`,
      [id, tenant_id, url, event_types, await sealed(id, secret)],
    )
    const delivery_id = await delivery(id)
    await sql(
      `UPDATE webhook_deliveries SET status = 'failed', ended_at = now(), next_attempt_at = NULL
       WHERE id = $1`,
      [delivery_id],
    )
    return { id, delivery_id, secret, url, event_types }
  }

  return { webhook, delivery }
}
