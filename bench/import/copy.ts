import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/**
 * The seconds of a plain COPY of the file into a table like the one that an import copies its rows into, with the
 * same columns and index: durable, as the accounts are in the end, or unlogged, as that table is.
 */
export async function copySeconds(
  client: pg.Client,
  path: string,
  kind: 'durable' | 'unlogged',
): Promise<number> {
  const unlogged = kind === 'unlogged' ? 'UNLOGGED' : ''
  await client.query(`CREATE ${unlogged} TABLE plain (LIKE import_rows INCLUDING ALL)`)
  await client.query(
    `ALTER TABLE plain ALTER import_id SET DEFAULT '${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}',
       ALTER file SET DEFAULT 0, ALTER line SET DEFAULT 0`,
  )
  await client.query('CHECKPOINT')
  const begun = performance.now()
  const copy = copyFrom('COPY plain (account, email, privilege) FROM STDIN (FORMAT csv, HEADER)')
  await pipeline(createReadStream(path, { highWaterMark: 262_144 }), client.query(copy))
  const seconds = (performance.now() - begun) / 1000
  await client.query('DROP TABLE plain')
  return seconds
}
