import type { Transaction } from '../audit/record-event.ts'
import type { AuditEvent, PrismaClient } from '../generated/prisma/client.ts'

/** Somebody who acts on changes that have been made, in a transaction that takes the event from the outbox. */
export type Listener = (tx: Transaction, event: AuditEvent) => Promise<void>

const everyMs = 1000

type Options = {
  prisma: PrismaClient
  listeners: readonly Listener[]
  onError: (error: unknown) => void
}

/**
 * Passes on what the outbox holds, each event once: several processes take different ones, and one that
 * fails is tried again in a minute, behind the others. Answers how to stop.
 */
export function passOnEvents(options: Options): () => Promise<void> {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  const look = async () => {
    try {
      while (!stopped && (await passOnOne(options)));
    } catch (error) {
      options.onError(error)
    }
    if (!stopped) timer = setTimeout(next, everyMs)
  }
  const next = () => {
    running = look()
  }
  next()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await running
  }
}

/** Says whether there was one. */
export async function passOnOne({ prisma, listeners, onError }: Options): Promise<boolean> {
  let taken: string | null = null
  try {
    return await prisma.$transaction(async (tx) => {
      const [row] = await tx.$queryRaw<{ event_id: string }[]>`
        DELETE FROM outbox_events WHERE event_id = (
          SELECT event_id FROM outbox_events WHERE due_at <= now()
          ORDER BY due_at, event_id LIMIT 1 FOR UPDATE SKIP LOCKED
        ) RETURNING event_id`
      if (!row) return false
      taken = row.event_id
      const event = await tx.auditEvent.findUniqueOrThrow({ where: { id: row.event_id } })
      for (const listener of listeners) await listener(tx, event)
      return true
    })
  } catch (error) {
    if (taken === null) throw error
    onError(error)
    await prisma.$executeRaw`
      UPDATE outbox_events SET due_at = now() + interval '1 minute' WHERE event_id = ${taken}::uuid`
    return true
  }
}
