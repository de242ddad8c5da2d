import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { BadFile } from './bad-file.ts'
import { columnOf } from './copy-binary.ts'
import type { RowFile } from './read-rows.ts'
import type { StoredFile } from './run.ts'

/** What an import reads. */
export function sourcesOf(pool: pg.Pool, files: StoredFile[], signal: AbortSignal): RowFile[] {
  const isOne = files.length === 1
  return files.map((file) => ({
    name: isOne ? undefined : file.name,
    isQuotable: !file.isFetched,
    open: () => piecesOf(pool, file, signal),
  }))
}

/**
 * As bytes: over a query they would come as the hexadecimal text of them, and take four times as long. All of them, or
 * it throws: a part of a file would be taken for the whole of it, and remove the accounts of the rest.
 */
async function* piecesOf(
  pool: pg.Pool,
  { id, size }: StoredFile,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const client = await pool.connect()
  let bytes = 0
  let isClean = false
  try {
    const text = `COPY (SELECT content FROM import_file_chunks WHERE file_id = '${id}' ORDER BY position)
      TO STDOUT (FORMAT binary)`
    for await (const piece of columnOf(client.query(copyTo(text)))) {
      signal.throwIfAborted()
      bytes += piece.length
      yield piece
    }
    isClean = true
    if (bytes !== size)
      throw new BadFile([`${size - bytes} bytes of the file are lost: send it again`])
  } finally {
    // A COPY that is not read to its end is ended with its connection.
    client.release(!isClean)
  }
}
