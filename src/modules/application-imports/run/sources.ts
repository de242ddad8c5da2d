import type pg from 'pg'
import type { WorkTools } from '../../../operation.ts'
import { BadFile } from './bad-file.ts'
import type { RowFile } from './read-rows.ts'
import type { Run } from './run.ts'

const fetchMs = 1_800_000

/** What an import reads: the files that were sent with it, or else the source of its application. */
export function sourcesOf(tools: WorkTools, run: Run, signal: AbortSignal): RowFile[] {
  const { pool, fetchSource, importMaxBytes: maxBytes } = tools
  const { files, source_url } = run
  if (files.length > 0) {
    const isOne = files.length === 1
    return files.map(({ id, name }) => ({
      name: isOne ? undefined : name,
      open: () => piecesOf(pool, id, signal),
    }))
  }
  if (source_url === null) throw new BadFile(['the application has no import schedule any more'])
  const open = () => fetchSource(source_url, { signal, maxBytes, timeoutMs: fetchMs })
  return [{ name: undefined, open: open as RowFile['open'] }]
}

async function* piecesOf(pool: pg.Pool, id: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  const text = 'SELECT content FROM import_file_chunks WHERE file_id = $1 AND position = $2'
  for (let position = 0; ; position += 1) {
    signal.throwIfAborted()
    const { rows } = await pool.query<{ content: Buffer }>(text, [id, position])
    if (!rows[0]) return
    yield rows[0].content
  }
}
