import { recordWork } from '../audit/record-work.ts'
import type { AuditEvent, Prisma, PrismaClient } from '../generated/prisma/client.ts'
import type { Command } from './command.ts'
import { instantOf } from './instant-of.ts'

const batch = 1000

/** The audit log as one JSON object a line, the oldest first: who exported it is its last event. */
export const exportAudit: Command = {
  options: ['from?', 'to?'],
  isForFile: true,
  says: 'Writes the audit log to the standard output, an event a line (JSON), the oldest first.',
  async run({ prisma, actor, write }, { from, to }) {
    const since = from === undefined ? null : instantOf('from', from)
    const until = to === undefined ? null : instantOf('to', to)
    await recordWork(prisma, actor, {
      action: 'audit.exported',
      target_type: 'settings',
      target_id: 'platform',
      after: { from: since?.toISOString() ?? null, to: until?.toISOString() ?? null },
    })
    const within = { ...(since && { gte: since }), ...(until && { lt: until }) }
    for await (const events of batches(prisma, { at: within })) {
      await write(events.map((event) => `${JSON.stringify(event)}\n`).join(''))
    }
  },
}

/** From where the last batch ended: what is added meanwhile moves nothing. */
async function* batches(
  prisma: PrismaClient,
  where: Prisma.AuditEventWhereInput,
): AsyncGenerator<AuditEvent[]> {
  let last: AuditEvent | undefined
  for (;;) {
    const beyond = last
      ? { OR: [{ at: { gt: last.at } }, { at: last.at, id: { gt: last.id } }] }
      : {}
    const events = await prisma.auditEvent.findMany({
      where: { AND: [where, beyond] },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
      take: batch,
    })
    yield events
    last = events.at(-1)
    if (events.length < batch) return
  }
}
