import { useAllowed } from '../../access/use-allowed.ts'
import type { PersonnelEvent } from '../../personnel-events/types.ts'
import { ApproveEvent } from './approve-event.tsx'
import { CancelEvent } from './cancel-event.tsx'

/** What can still be made of it. */
export function EventActions({ event }: { event: PersonnelEvent }) {
  const allowed = useAllowed('personnel_events.approve', event.tenant_id)
  const isAway = event.stages.some(({ name, status }) => name === 'restore' && status === 'waiting')
  const isUnderWay = (event.status === 'open' || event.status === 'snoozed') && isAway
  const isAhead = event.status === 'pending' || event.status === 'scheduled'
  return (
    <>
      {(isAhead || isUnderWay) && (
        <CancelEvent event={event} allowed={allowed} isUnderWay={isUnderWay} />
      )}
      {event.status === 'pending' && <ApproveEvent event={event} allowed={allowed} />}
    </>
  )
}
