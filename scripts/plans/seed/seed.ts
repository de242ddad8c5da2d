import type pg from 'pg'
import { seedCatalogue } from '../../../bench/seed/seed.ts'
import { countsOf, functions } from './functions.ts'
import { grants, owners } from './owners.ts'
import { inParts, records } from './records.ts'
import { tenantRecords } from './tenant-records.ts'

const part = 50_000

/** A platform of so many tokens, with everything that lists show. Says what it does, for it takes minutes. */
export async function seed(
  client: pg.Client,
  tokens: number,
  say: (what: string) => void,
): Promise<void> {
  const counts = countsOf(tokens)
  const { roles } = await seedCatalogue(client, tokens)
  // Of a million inserts each trigger and each reference costs a look; what is made here refers to what there is.
  await client.query('SET session_replication_role = replica')
  await client.query(functions(counts))
  for (const { id, permissions } of roles) {
    await client.query('INSERT INTO roles (id, name, permissions) VALUES ($1, $2, $3)', [
      id,
      `role of ${permissions[0]} ${id.slice(0, 8)}`,
      permissions,
    ])
  }
  say('tenants, people and accounts')
  for (const statement of owners(counts)) await client.query(statement)
  await client.query(grants(counts), [roles.map(({ id }) => id)])
  for (const { count, text } of inParts(counts)) {
    for (let from = 0; from < count; from += part) {
      say(`${text.trim().split(' ')[2]} from ${from}`)
      await client.query(text, [from, Math.min(count, from + part) - 1])
    }
  }
  say('the rest')
  for (const statement of [...records(counts), ...tenantRecords(counts)])
    await client.query(statement)
  await client.query('DELETE FROM authority_changes')
  await client.query('RESET session_replication_role')
  say('VACUUM ANALYZE')
  await client.query('VACUUM ANALYZE')
  await client.query('CHECKPOINT')
}
