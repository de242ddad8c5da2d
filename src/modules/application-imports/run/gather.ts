import type { Transaction } from '../../../audit/record-event.ts'
import type { Metrics } from '../resource.ts'
import { BadFile, problemAt, problemsMax } from './bad-file.ts'

/** For sorting a million rows in memory, in the one transaction of an import that does so. */
const workMemory = '64MB'

/** The accounts that the rows of an import make, in a table of this transaction. */
export async function gather(tx: Transaction, import_id: string): Promise<void> {
  await tx.$executeRawUnsafe(`SET LOCAL work_mem = '${workMemory}'`)
  // All that follows joins whole sets. Where statistics are old, one that was small is taken for one that is small,
  // and compared row by row: a minute instead of a second.
  await tx.$executeRawUnsafe('SET LOCAL enable_nestloop = off')
  await tx.$executeRaw`
    CREATE TEMPORARY TABLE gathered (
      account text NOT NULL, email text, is_torn boolean NOT NULL, is_joined boolean NOT NULL,
      privileges text[] NOT NULL
    ) ON COMMIT DROP`
  // Most accounts are one row already (join-rows.ts), and grouping those needs no sorting.
  await tx.$executeRaw`
    INSERT INTO gathered
    SELECT account, max(email), coalesce(min(email) <> max(email), false), count(*) > 1, min(privileges)
    FROM import_rows WHERE import_id = ${import_id}::uuid GROUP BY account`
  await tx.$executeRaw`ANALYZE gathered`
  await tx.$executeRaw`
    UPDATE gathered g SET privileges = joined.privileges
    FROM (
      SELECT account, array_agg(DISTINCT one COLLATE "C" ORDER BY one COLLATE "C") AS privileges
      FROM import_rows, unnest(privileges) AS one
      WHERE import_id = ${import_id}::uuid
        AND account IN (SELECT account FROM gathered WHERE is_joined)
      GROUP BY account) AS joined
    WHERE g.is_joined AND g.account = joined.account`
}

/** An account is one person's: who has two addresses is not known to be either. */
export async function refuseTorn(
  tx: Transaction,
  import_id: string,
  files: readonly { name: string | undefined }[],
): Promise<void> {
  const torn = await tx.$queryRaw<{ account: string }[]>`
    SELECT account FROM gathered WHERE is_torn LIMIT ${problemsMax}`
  if (torn.length === 0) return
  const rows = await tx.$queryRaw<{ account: string; email: string; file: number; line: number }[]>`
    SELECT account, email, file, min(line) AS line FROM import_rows
    WHERE import_id = ${import_id}::uuid AND email IS NOT NULL
      AND account = ANY(${torn.map(({ account }) => account)})
    GROUP BY account, email, file ORDER BY file, line`
  const firsts = new Map<string, (typeof rows)[number]>()
  const problems: { file: number; line: number; text: string }[] = []
  for (const row of rows) {
    const first = firsts.get(row.account)
    if (!first) firsts.set(row.account, row)
    else if (row.email !== first.email) {
      const at = problemAt({ file: files[first.file]?.name, line: first.line }, '').slice(0, -2)
      const text = `is another than in ${at}, for the same account`
      const place = { file: files[row.file]?.name, line: row.line, column: 'email' }
      problems.push({ ...row, text: problemAt(place, text) })
    }
  }
  throw new BadFile(problems.slice(0, problemsMax).map(({ text }) => text))
}

/** What the gathered accounts change of those that are there. */
export async function measure(
  tx: Transaction,
  { application_id, tenant_id }: { application_id: string; tenant_id: string },
): Promise<Omit<Metrics, 'rows'> & { accounts_before: number; changed_accounts: number }> {
  const [counts] = await tx.$queryRaw<[Record<keyof typeof names, bigint | null>]>`
    WITH compared AS (
      SELECT g.account AS new, o.account AS old, g.privileges AS new_privileges,
        o.privileges AS old_privileges, g.email AS new_email, o.email AS old_email
      FROM gathered g
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
      count(*) FILTER (WHERE new IS NOT NULL AND NOT EXISTS (
        SELECT FROM identities i WHERE i.tenant_id = ${tenant_id}::uuid AND i.email = new_email
          AND i.status <> 'removed')) AS unmatched
    FROM counted`
  const numbers = Object.fromEntries(
    Object.keys(names).map((name) => [name, Number(counts[name as keyof typeof names] ?? 0)]),
  ) as Record<keyof typeof names, number>
  const changes = numbers.new_accounts + numbers.removed_accounts + numbers.changed_accounts
  const before = numbers.accounts_before
  const change_percent = before === 0 ? 100 : Math.ceil((100 * changes) / before)
  return { ...numbers, change_percent }
}

const names = {
  accounts: 0,
  accounts_before: 0,
  new_accounts: 0,
  removed_accounts: 0,
  changed_accounts: 0,
  new_privileges: 0,
  removed_privileges: 0,
  unmatched: 0,
}
