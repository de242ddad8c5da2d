import { v7 as uuidv7 } from 'uuid'
import { isDatabaseFault } from '../../../db/faults.ts'
import { SourceError } from '../../../fetching/source-error.ts'
import type { WorkTools } from '../../../operation.ts'
import { removeFiles, storeFile } from '../store-file.ts'
import { BadFile } from './bad-file.ts'
import { lockRun, type Run, type StoredFile } from './run.ts'

/** From the first connection to the last byte. */
const fetchMs = 600_000
/** As of an upload (http/body-time.ts): a source that drips keeps one of few workers. */
const uploadPace = { graceMs: 30_000, bytesPerSecond: 65_536 }

const name = 'source'

/**
 * Fetches the source of an import's application, whole, before any of it is read: no statement is open for as long as
 * a slow source takes, and whatever is retried or confirmed later is what was fetched once.
 */
export async function spoolSource(
  { pool, prisma, fetchSource, importMaxBytes: maxBytes }: WorkTools,
  run: Run,
  signal: AbortSignal,
): Promise<StoredFile> {
  const { source_url } = run
  if (source_url === null) throw new BadFile(['the application has no import schedule any more'])
  const id = uuidv7()
  try {
    const body = await fetchSource(source_url, { signal, maxBytes, timeoutMs: fetchMs })
    const { size } = await storeFile(pool, id, paced(body))
    await prisma.$transaction(async (tx) => {
      await lockRun(tx, run)
      await tx.importFile.create({ data: { id, import_id: run.id, name, size } })
    })
    return { id, name, size: Number(size), isFetched: true }
  } catch (error) {
    // After a fault of the database the import may have it: what it has not, prune.ts finds.
    if (!isDatabaseFault(error)) await removeFiles(pool, [id])
    throw error
  }
}

/** Throws where a source is slower than this; the time that we need ourselves is not counted. */
export async function* paced(
  source: AsyncIterable<Buffer>,
  { graceMs, bytesPerSecond } = uploadPace,
): AsyncGenerator<Buffer> {
  let [bytes, waitedMs] = [0, 0]
  let asked = performance.now()
  for await (const chunk of source) {
    bytes += chunk.length
    waitedMs += performance.now() - asked
    if (bytes < ((waitedMs - graceMs) / 1000) * bytesPerSecond) throw new SourceError('too_slow')
    yield chunk
    asked = performance.now()
  }
}
