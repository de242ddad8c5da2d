import type { Transaction } from '../../../audit/record-event.ts'
import type { Metrics } from '../resource.ts'
import type { Gathered } from './gather.ts'

const counts = {
  accounts: 0,
  accounts_before: 0,
  new_accounts: 0,
  removed_accounts: 0,
  changed_accounts: 0,
  new_privileges: 0,
  removed_privileges: 0,
  unmatched: 0,
}

type Counts = typeof counts
type Run = { application_id: string; tenant_id: string }

/** What the gathered accounts change of those that are there. */
export async function measure(
  tx: Transaction,
  gathered: Gathered,
  run: Run,
): Promise<Counts & Pick<Metrics, 'change_percent'>> {
  const row = await compare(tx, gathered, run)
  const found = Object.fromEntries(
    Object.keys(counts).map((name) => [name, Number(row[name as keyof Counts] ?? 0)]),
  ) as Counts
  const changes = found.new_accounts + found.removed_accounts + found.changed_accounts
  const before = found.accounts_before
  const change_percent = before === 0 ? 100 : Math.ceil((100 * changes) / before)
  return { ...found, change_percent }
}

async function compare(tx: Transaction, gathered: Gathered, { application_id, tenant_id }: Run) {
  const [row] = await tx.$queryRaw<[Record<keyof Counts, bigint | null>]>`
    WITH compared AS (
      SELECT g.account AS new, o.account AS old, g.privileges AS new_privileges,
        o.privileges AS old_privileges, g.email AS new_email, o.email AS old_email
      FROM ${gathered} g
      FULL JOIN (
        SELECT account, email, privileges FROM application_accounts
        WHERE application_id = ${application_id}::uuid) o ON o.account = g.account
    ), counted AS (
      SELECT new, old, new_email, old_email, coalesce(cardinality(new_privileges), 0) AS news,
        coalesce(cardinality(old_privileges), 0) AS olds, new_privileges <> old_privileges AS differs,
        CASE WHEN new_privileges <> old_privileges THEN (
          SELECT count(*) FROM (
            SELECT unnest(new_privileges) INTERSECT SELECT unnest(old_privileges)) AS same)
          WHEN new IS NULL OR old IS NULL THEN 0 ELSE cardinality(new_privileges) END AS kept
      FROM compared
    )
    SELECT
      count(new) AS accounts, count(old) AS accounts_before,
      count(*) FILTER (WHERE old IS NULL) AS new_accounts,
      count(*) FILTER (WHERE new IS NULL) AS removed_accounts,
      count(*) FILTER (WHERE differs OR (new IS NOT NULL AND old IS NOT NULL
        AND new_email IS DISTINCT FROM old_email)) AS changed_accounts,
      sum(news - kept) AS new_privileges, sum(olds - kept) AS removed_privileges,
      count(new) FILTER (WHERE i.id IS NULL) AS unmatched
    FROM counted
    LEFT JOIN identities i
      ON i.tenant_id = ${tenant_id}::uuid AND i.email = new_email AND i.status <> 'removed'`
  return row
}
