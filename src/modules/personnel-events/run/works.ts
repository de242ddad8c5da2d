import { work } from '../../../jobs/jobs.ts'
import type { WorkOf, WorkTools } from '../../../operation.ts'
import { carryOut } from './carry-out.ts'

export const carryOutPersonnelEvent: WorkOf = (tools) =>
  work({
    queue: 'carry_out_personnel_event',
    concurrency: 2,
    handle: ({ event_id }) => carryOut(tools, event_id),
  })

/** A net under the jobs: whatever is due is found by its date, each minute. */
export const findDuePersonnelEvents: WorkOf = (tools) =>
  work({
    queue: 'find_due_personnel_events',
    handle: async (_, signal) => {
      for (const { id } of await dueEvents(tools)) {
        if (signal.aborted) return
        await carryOut(tools, id).catch((err) => tools.log.warn({ err, id }, 'personnel event'))
      }
    },
  })

async function dueEvents({ prisma }: Pick<WorkTools, 'prisma'>): Promise<{ id: string }[]> {
  return prisma.$queryRaw`
    SELECT id FROM personnel_events
    WHERE status IN ('scheduled', 'open')
      AND effective_date <= (now() AT TIME ZONE 'UTC')::date
      AND (status = 'scheduled' OR end_date IS NULL OR end_date <= (now() AT TIME ZONE 'UTC')::date)
    ORDER BY effective_date, id LIMIT 1000`
}
