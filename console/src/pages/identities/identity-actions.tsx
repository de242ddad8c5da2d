import { type Allowed, useAllowed } from '../../access/use-allowed.ts'
import { LinkButton } from '../../components/link-button.tsx'
import type { Identity } from '../../identities/types.ts'
import { identityDetailTexts as words } from '../../texts/identities.ts'

const events = [
  ['role_transition', words.transition],
  ['leave_of_absence', words.leave],
  ['offboard', words.offboard],
] as const

/** What can happen to a person's work: each begins with a form about them. */
export function IdentityActions({ identity: { id, tenant_id, status } }: { identity: Identity }) {
  const mayReport = useAllowed('personnel_events.create', tenant_id)
  const allowed: Allowed =
    status === 'removed' ? { isAllowed: false, reason: words.hasLeft } : mayReport
  return events.map(([type, label]) => (
    <LinkButton
      key={type}
      to={`/personnel-events/new?type=${type}&identity=${id}`}
      variant="default"
      allowed={allowed}
    >
      {label}
    </LinkButton>
  ))
}
