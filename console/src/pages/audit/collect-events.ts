import { client } from '../../api/client.ts'
import type { AuditEvent } from './event.ts'
import type { EventFilters } from './use-event-filters.ts'

/** More than that is no file to look through by hand. */
export const exportMax = 10_000

const limit = 100
const mostRefusals = 5

type Collected = { events: AuditEvent[]; isBounded: boolean }

/** All that is filtered, newest first, page by page. Throws what the server says, and where `signal` says stop. */
export async function collectEvents(
  filters: EventFilters['values'],
  onProgress: (count: number) => void,
  signal: AbortSignal,
): Promise<Collected> {
  const events: AuditEvent[] = []
  let cursor: string | null = null
  do {
    const page = await pageAfter(cursor, filters, signal)
    events.push(...page.data)
    cursor = page.next_cursor
    onProgress(events.length)
  } while (cursor !== null && events.length < exportMax)
  return { events, isBounded: cursor !== null }
}

type PageOfEvents = { data: AuditEvent[]; next_cursor: string | null }

/** Waits where the server asks for patience: a long export is made of many requests. */
async function pageAfter(
  cursor: string | null,
  filters: EventFilters['values'],
  signal: AbortSignal,
): Promise<PageOfEvents> {
  const query = { ...filters, limit, ...(cursor !== null && { cursor }) }
  for (let refusals = 0; ; refusals += 1) {
    const { data, error, response } = await client.GET('/api/v1/audit-events', {
      params: { query },
      signal,
    })
    if (data) return data
    const isPatient = response.status === 429 || response.status === 503
    if (!isPatient || refusals === mostRefusals) throw error
    await pause(Number(response.headers.get('retry-after') ?? 1) * 1000, signal)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}
