import { v7 as uuidv7 } from 'uuid'
import type { TestDatabase } from './database.ts'

type ProviderOptions = {
  issuer?: string
  client_id?: string
  name?: string
  is_enabled?: boolean
  allowed_domains?: string[]
  jit?: { tenants?: string[]; grants?: { role_id: string; tenant_id: string | null }[] } | null
}

/** Identity providers, who people are to them, and sessions that came from them. */
export function providersOf(sql: TestDatabase['sql']) {
  async function identityProvider(options: ProviderOptions = {}) {
    const id = uuidv7()
    const { name = `provider-${id}`, client_id = 'postern', is_enabled = true } = options
    const { issuer = `https://${id}.example.com`, jit = null } = options
    const { allowed_domains = jit ? ['example.com'] : [] } = options
    await sql(
      `INSERT INTO identity_providers
         (id, name, issuer, client_id, is_enabled, allowed_domains, jit_enabled, jit_tenants)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, name, issuer, client_id, is_enabled, allowed_domains, jit !== null, jit?.tenants ?? []],
    )
    for (const { role_id, tenant_id } of jit?.grants ?? []) {
      await sql('INSERT INTO identity_provider_grants VALUES ($1, $2, $3, $4)', [
        uuidv7(),
        id,
        role_id,
        tenant_id,
      ])
    }
    return { id, name, issuer, client_id }
  }

  async function externalIdentity(
    user_id: string,
    provider: { id: string; issuer: string },
    subject: string = uuidv7(),
  ): Promise<string> {
    const id = uuidv7()
    await sql(
      `INSERT INTO external_identities (id, user_id, identity_provider_id, issuer, subject)
       VALUES ($1, $2, $3, $4, $5)`,
      [id, user_id, provider.id, provider.issuer, subject],
    )
    return id
  }

  /** As if this session had begun by the provider. */
  async function cameFrom(session_id: string, provider: { id: string }): Promise<void> {
    await sql(
      `UPDATE sessions SET identity_provider_id = $2, auth_methods = '{sso}' WHERE id = $1`,
      [session_id, provider.id],
    )
  }

  return { identityProvider, externalIdentity, cameFrom }
}
