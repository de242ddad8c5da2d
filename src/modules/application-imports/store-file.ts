import { createHash } from 'node:crypto'
import type pg from 'pg'

const pieceBytes = 262_144
const newline = 10

export type StoredFile = { size: bigint; newlines: number; sha256: string }

/**
 * Writes a file to the database as it comes, in pieces and each in a statement of its own: no connection waits for a
 * slow client, and no more than two pieces are in memory. They belong to nothing until their import is made.
 */
export async function storeFile(
  pool: pg.Pool,
  file_id: string,
  source: AsyncIterable<Buffer>,
): Promise<StoredFile> {
  const hash = createHash('sha256')
  let [size, newlines, position] = [0n, 0, 0]
  let held: Buffer[] = []
  let heldBytes = 0
  let writing: Promise<unknown> = Promise.resolve()
  const write = async () => {
    const content = Buffer.concat(held)
    held = []
    heldBytes = 0
    await writing
    writing = pool.query(insert, [file_id, position++, content])
    // Awaited with the next piece; until then its failure is nobody's.
    writing.catch(() => undefined)
  }
  try {
    for await (const bytes of source) {
      hash.update(bytes)
      size += BigInt(bytes.length)
      newlines += countOf(newline, bytes)
      held.push(bytes)
      heldBytes += bytes.length
      if (heldBytes >= pieceBytes) await write()
    }
    if (heldBytes > 0) await write()
  } finally {
    await writing
  }
  return { size, newlines, sha256: hash.digest('hex') }
}

/**
 * Not waited for until it is on the disk: the commit that makes the import is, and with it all that was written before.
 */
const insert = `
  INSERT INTO import_file_chunks (file_id, position, content)
  SELECT $1::uuid, $2::int, $3::bytea FROM set_config('synchronous_commit', 'off', true)`

function countOf(byte: number, bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(byte); at !== -1; at = bytes.indexOf(byte, at + 1)) count += 1
  return count
}

/** So many pieces are removed in one statement: of a whole file it would take longer than a request's may. */
export const batch = 200

/** Removes the pieces of files that no import has come to hold. */
export async function removeFiles(pool: pg.Pool, ids: readonly string[]): Promise<void> {
  for (let removed = ids.length === 0 ? 0 : batch; removed === batch; ) {
    const { rowCount } = await pool.query(
      `DELETE FROM import_file_chunks WHERE ctid = ANY (ARRAY(
         SELECT c.ctid FROM import_file_chunks c
         WHERE c.file_id = ANY($1) AND NOT EXISTS (SELECT FROM import_files f WHERE f.id = c.file_id)
         LIMIT $2))`,
      [ids, batch],
    )
    removed = rowCount ?? 0
  }
}
