import type { Transaction } from '../../../audit/record-event.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { BadFile, problemAt, problemsMax } from './bad-file.ts'

/** For sorting a million rows in memory, in the one transaction of an import that does so. */
const workMemory = '64MB'

/** Where the accounts of an import are found, as part of a statement: `account`, `email`, `privileges`. */
export type Gathered = Prisma.Sql

/** The accounts that the rows of an import make. */
export async function gather(
  tx: Transaction,
  import_id: string,
  files: readonly { name: string | undefined }[],
): Promise<Gathered> {
  await tx.$executeRawUnsafe(`SET LOCAL work_mem = '${workMemory}'`)
  // All that follows joins whole sets. Where statistics are old, one that was small is taken for one that is small,
  // and compared row by row: a minute instead of a second.
  await tx.$executeRawUnsafe('SET LOCAL enable_nestloop = off')
  const rows = Prisma.sql`import_rows WHERE import_id = ${import_id}::uuid`
  const [scattered] = await tx.$queryRaw<[{ exist: boolean }]>`
    SELECT EXISTS (SELECT FROM ${rows} GROUP BY account HAVING count(*) > 1) AS exist`
  // Most files have the rows of an account together, and join-rows.ts has joined them.
  if (!scattered.exist) return Prisma.sql`(SELECT account, email, privileges FROM ${rows})`
  await joinScattered(tx, rows)
  await refuseTorn(tx, rows, files)
  return Prisma.sql`gathered`
}

/** In a table of this transaction. */
async function joinScattered(tx: Transaction, rows: Prisma.Sql): Promise<void> {
  await tx.$executeRaw`
    CREATE TEMPORARY TABLE gathered (
      account text NOT NULL, email text, is_torn boolean NOT NULL, is_joined boolean NOT NULL,
      privileges text[] NOT NULL
    ) ON COMMIT DROP`
  await tx.$executeRaw`
    INSERT INTO gathered
    SELECT account, max(email), coalesce(min(email) <> max(email), false), count(*) > 1, min(privileges)
    FROM ${rows} GROUP BY account`
  await tx.$executeRaw`
    UPDATE gathered g SET privileges = joined.privileges
    FROM (
      SELECT account, array_agg(DISTINCT one COLLATE "C" ORDER BY one COLLATE "C") AS privileges
      FROM (SELECT account, unnest(privileges) AS one FROM ${rows}) AS each
      WHERE account IN (SELECT account FROM gathered WHERE is_joined)
      GROUP BY account) AS joined
    WHERE g.is_joined AND g.account = joined.account`
}

/** An account is one person's: who has two addresses is not known to be either. */
async function refuseTorn(
  tx: Transaction,
  imported: Prisma.Sql,
  files: readonly { name: string | undefined }[],
): Promise<void> {
  const torn = await tx.$queryRaw<{ account: string }[]>`
    SELECT account FROM gathered WHERE is_torn LIMIT ${problemsMax}`
  if (torn.length === 0) return
  const rows = await tx.$queryRaw<{ account: string; email: string; file: number; line: number }[]>`
    SELECT account, email, file, min(line) AS line FROM ${imported} AND email IS NOT NULL
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
