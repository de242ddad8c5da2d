import type pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { uploadMsMax } from '../../http/body-time.ts'
import { batch } from './store-file.ts'

const everyMs = 60_000
const hourMs = 3_600_000

/** Removes every minute what uploads have left whose process has ended before them. Returns how to stop it. */
export function pruneUploads(
  pool: pg.Pool,
  maxBytes: number,
  onError: (error: unknown) => void,
): () => void {
  const prune = () => removeUnclaimed(pool, uploadMsMax(maxBytes) + hourMs).catch(onError)
  const timer = setInterval(prune, everyMs).unref()
  return () => clearInterval(timer)
}

/** The pieces of files that were begun so long ago and belong to no import: no upload takes as long. */
export async function removeUnclaimed(pool: pg.Pool, ageMs: number): Promise<void> {
  const oldest = uuidv7({ msecs: Date.now() - ageMs, seq: 0, random: new Uint8Array(16) })
  await pool.query(
    `DELETE FROM import_file_chunks WHERE ctid = ANY (ARRAY(
       SELECT c.ctid FROM import_file_chunks c
       WHERE c.file_id < $1 AND NOT EXISTS (SELECT FROM import_files f WHERE f.id = c.file_id)
       LIMIT $2))`,
    [oldest, batch],
  )
}
