import type { TestDatabase } from '../support/database.ts'

export type Watched = { kind: string; columns: string[]; events: string[] }

/** What the triggers of the feed watch in this database, by table. */
export async function watchedTables({ sql }: TestDatabase): Promise<Map<string, Watched>> {
  const rows = await sql<{ name: string; args: string; events: string[] }>(
    `SELECT c.relname AS name, min(encode(t.tgargs, 'escape')) AS args,
       array_agg(CASE WHEN tgtype & 4 > 0 THEN 'INSERT' WHEN tgtype & 8 > 0 THEN 'DELETE'
         WHEN tgtype & 16 > 0 THEN 'UPDATE' WHEN tgtype & 32 > 0 THEN 'TRUNCATE' END ORDER BY 1) AS events
     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     WHERE t.tgfoid = 'record_authority_change'::regproc AND t.tgenabled = 'A'
     GROUP BY c.relname HAVING count(DISTINCT t.tgargs) = 1`,
  )
  return new Map(
    rows.map(({ name, args, events }) => {
      const [kind = '', , columns = ''] = args.split('\\000')
      return [name, { kind, columns: columns.split(', '), events: events.sort() }]
    }),
  )
}
