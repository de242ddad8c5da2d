import { administrator } from '../support/constants.ts'
import type { TestServer } from '../support/server.ts'

/** What a field of this name may mean in this database. */
export type RealValues = (field: string) => unknown[]

/** So few that two fields of one request often mean things that belong together. */
const latest = 4

/**
 * The newest rows of every table, by the names of the fields that mean them: `tenant_id`, `tenants`,
 * `accountable_user_ids`. A table that is new is known at once.
 */
export async function realValues({ database }: TestServer, token: string): Promise<RealValues> {
  const tables = await database.sql<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'id' AND data_type = 'uuid' ORDER BY 1`,
  )
  const ids = new Map<string, string[]>()
  for (const { name } of tables) {
    const rows = await database.sql<{ id: string }>(
      `SELECT id FROM ${name} ORDER BY id DESC LIMIT ${latest}`,
    )
    ids.set(
      name,
      rows.map(({ id }) => id),
    )
  }
  const permissions = await database.sql<{ name: string }>(
    `SELECT name FROM permissions WHERE built_in ORDER BY name`,
  )
  const names = permissions.map(({ name }) => name)
  const named: Record<string, unknown[]> = {
    permission: names,
    permissions: names,
    email: [administrator.email],
    password: [administrator.password],
    current_password: [administrator.password],
    token: [token],
    version: [1],
    issuer: ['https://login.example.com'],
    // No worker runs here: nothing is ever sent there.
    url: ['https://example.com/hook'],
    'service-accounts': ids.get('users') ?? [],
    members: ids.get('users') ?? [],
  }
  return (field) => named[field] ?? ids.get(tableOf(field, [...ids.keys()])) ?? []
}

/** `tenants` and `tenant_id` → tenants; `accountable_user_ids` → users; `target_id` → users for want of a table. */
function tableOf(field: string, tables: string[]): string {
  const plural = field.replaceAll('-', '_').replace(/_ids?$/, 's')
  const found = tables.find((table) => plural === table || plural.endsWith(`_${table}`))
  return found ?? (/_ids?$/.test(field) ? 'users' : '')
}
