import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { BadFile } from './bad-file.ts'
import { joinRows } from './join-rows.ts'
import { type RowFile, readRows } from './read-rows.ts'

type Filling = {
  import_id: string
  files: readonly RowFile[]
  maxBytes: number
  /** Counted up as rows are read. */
  progress: { rows: number }
  signal: AbortSignal
}

/**
 * Copies the rows of an import to where they are compared, in one statement: all of them, or none. Returns how many
 * there are, joined.
 */
export async function fillRows(client: pg.ClientBase, filling: Filling): Promise<number> {
  const { import_id, progress, signal } = filling
  progress.rows = 0
  await client.query('DELETE FROM import_rows WHERE import_id = $1', [import_id])
  const copy = client.query(
    copyFrom('COPY import_rows (import_id, file, line, account, email, privileges) FROM STDIN'),
  )
  const lines = Readable.from(copyLines(filling), { objectMode: true, highWaterMark: 2 })
  await pipeline(lines, copy, { signal })
  return copy.rowCount
}

/** In the text format of COPY: what would end a cell or a line there was refused in any cell before. */
async function* copyLines({ import_id, files, maxBytes, progress }: Filling) {
  for (const [index, file] of files.entries()) {
    const joined = joinRows(`${import_id}\t${index}\t`)
    const rows = readRows(file, maxBytes, (line, account, email, privilege) => {
      progress.rows += 1
      joined.add(line, account, email.toLowerCase(), privilege)
    })
    for await (const _ of rows) {
      const text = joined.take()
      if (text !== '') yield text
    }
    joined.end()
    yield joined.take()
  }
  if (progress.rows === 0) throw new BadFile(['there are no rows'])
}
