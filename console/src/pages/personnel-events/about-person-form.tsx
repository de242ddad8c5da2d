import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useAllowed } from '../../access/use-allowed.ts'
import { failureOf } from '../../api/errors.ts'
import { useSubmitKey } from '../../api/idempotency.ts'
import type { Choice } from '../../components/tenant-picker.tsx'
import { IdentityPicker } from '../../identities/identity-picker.tsx'
import type { Identity } from '../../identities/types.ts'
import type { EventType } from '../../personnel-events/types.ts'
import { newEventTexts as words } from '../../texts/personnel-events.ts'
import { FormFrame } from './form-frame.tsx'
import { reported } from './reported.ts'
import { SwapFields } from './swap-fields.tsx'
import { useReport } from './use-report.ts'
import { today, WhenFields, whenOf } from './when-fields.tsx'

const fields = [
  'identity_id',
  'add_role_ids',
  'remove_role_ids',
  'effective_date',
  'end_date',
  'comment',
]

type Props = {
  type: Exclude<EventType, 'onboard'>
  identity: Identity | null
  onChoose: (identity: Identity | null) => void
}

/** An off-boarding, a role transition, or a leave of absence. */
export function AboutPersonForm({ type, identity, onChoose }: Props) {
  const navigate = useNavigate()
  const keyOf = useSubmitKey()
  const [when, setWhen] = useState(today)
  const [added, setAdded] = useState<Choice[]>([])
  const [removed, setRemoved] = useState<string[]>([])
  const tenant_id = identity?.tenant_id ?? null
  const mayReport = useAllowed('personnel_events.create', tenant_id, tenant_id !== null)
  const report = useReport((event) => reported(event, navigate))
  // What was wrong with another event, or of another person, isn't with this one.
  const { type: asked, body: sent } = report.variables ?? {}
  const error = asked === type && sent?.identity_id === identity?.id ? report.error : null
  const wrong = failureOf(error).fields
  function choose(next: Identity | null) {
    setAdded([])
    setRemoved([])
    onChoose(next)
  }
  function submit() {
    if (identity === null) return
    const body = {
      identity_id: identity.id,
      ...(type === 'role_transition' && {
        add_role_ids: added.map(({ value }) => value),
        remove_role_ids: removed,
      }),
      ...whenOf(type, when),
    }
    report.mutate({ type, body, header: keyOf({ type, ...body }) })
  }
  return (
    <FormFrame
      action={words.submit[type]}
      allowed={identity === null ? { isAllowed: false, reason: words.choosePerson } : mayReport}
      onSubmit={submit}
      isBusy={report.isPending}
      error={error}
      fields={fields}
    >
      <IdentityPicker
        label={words.person}
        description={words.personAbout}
        chosen={identity}
        onChoose={choose}
        wrong={wrong['identity_id'] ?? mayReport.reason ?? undefined}
      />
      {type === 'role_transition' && identity && (
        <SwapFields
          identity={identity}
          added={added}
          onAdd={setAdded}
          removed={removed}
          onRemove={setRemoved}
          wrong={wrong}
        />
      )}
      <WhenFields
        type={type}
        when={when}
        change={(values) => setWhen({ ...when, ...values })}
        wrong={wrong}
      />
    </FormFrame>
  )
}
