import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/**
 * The seconds of a plain COPY of the file into a table of its columns and the index that the rows of imports have:
 * durable, as the accounts are in the end, or unlogged, as those rows are.
 */
export async function copySeconds(
  client: pg.Client,
  path: string,
  kind: 'durable' | 'unlogged',
): Promise<number> {
  await client.query(
    `CREATE ${kind === 'unlogged' ? 'UNLOGGED' : ''} TABLE plain (
       import_id uuid DEFAULT '00000000-0000-7000-8000-000000000000', account text, email text, privilege text)`,
  )
  await client.query('CREATE INDEX ON plain (import_id)')
  await client.query('CHECKPOINT')
  const begun = performance.now()
  const copy = copyFrom('COPY plain (account, email, privilege) FROM STDIN (FORMAT csv, HEADER)')
  await pipeline(createReadStream(path, { highWaterMark: 262_144 }), client.query(copy))
  const seconds = (performance.now() - begun) / 1000
  await client.query('DROP TABLE plain')
  return seconds
}
