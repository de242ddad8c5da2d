import { useMe } from '../../access/me.ts'
import { useAllowed } from '../../access/use-allowed.ts'
import type { PersonnelEvent } from '../../personnel-events/types.ts'
import { ApproveEvent } from './approve-event.tsx'
import { CancelEvent } from './cancel-event.tsx'

/** What can still be made of it. */
export function EventActions({ event }: { event: PersonnelEvent }) {
  const allowed = useAllowed('personnel_events.approve', event.tenant_id)
  const mayReport = useAllowed('personnel_events.create', event.tenant_id)
  const isOwn = event.reporter.id === useMe().id
  const isAway = event.stages.some(({ name, status }) => name === 'restore' && status === 'waiting')
  const isUnderWay = (event.status === 'open' || event.status === 'snoozed') && isAway
  const isAhead = event.status === 'pending' || event.status === 'scheduled'
  // Until it is approved, whoever reported it can take it back.
  const mayWithdraw = event.status === 'pending' && isOwn && mayReport.isAllowed
  return (
    <>
      <CancelEvent
        event={event}
        allowed={mayWithdraw ? mayReport : allowed}
        isUnderWay={isUnderWay}
        isOffered={isAhead || isUnderWay}
      />
      {event.status === 'pending' && <ApproveEvent event={event} allowed={allowed} />}
    </>
  )
}
