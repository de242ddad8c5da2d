import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useAllowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { failureOf } from '../../api/errors.ts'
import { useSubmitKey } from '../../api/idempotency.ts'
import { type Choice, TenantPicker } from '../../components/tenant-picker.tsx'
import { newEventTexts as words } from '../../texts/personnel-events.ts'
import { FormFrame } from './form-frame.tsx'
import {
  emptyPerson,
  IdentityFields,
  identityFields,
  identityOf,
  type Person,
} from './identity-fields.tsx'
import { reported } from './reported.ts'
import { UserFields } from './user-fields.tsx'
import { today, WhenFields, whenOf } from './when-fields.tsx'

const fields = ['tenant_id', 'user.role_ids', 'effective_date', 'comment', ...identityFields]

/** Somebody comes: who, where, and with which roles. */
export function OnboardForm() {
  const navigate = useNavigate()
  const keyOf = useSubmitKey()
  const [tenant, setTenant] = useState<Choice | null>(null)
  const [person, setPerson] = useState<Person>(emptyPerson)
  const [roles, setRoles] = useState<Choice[] | null>(null)
  const [when, setWhen] = useState(today)
  const mayReport = useAllowed('personnel_events.create', tenant?.value ?? null, tenant !== null)
  const report = api.useMutation('post', '/api/v1/personnel-events/onboard', {
    onSuccess: (event) => reported(event, navigate),
  })
  const wrong = failureOf(report.error).fields
  function submit() {
    if (tenant === null) return
    const body = {
      tenant_id: tenant.value,
      identity: identityOf(person),
      ...(roles && { user: { role_ids: roles.map(({ value }) => value) } }),
      ...whenOf('onboard', when),
    }
    report.mutate({ params: { header: keyOf(body) }, body })
  }
  return (
    <FormFrame
      action={words.submit.onboard}
      allowed={tenant === null ? { isAllowed: false, reason: words.chooseTenant } : mayReport}
      onSubmit={submit}
      isBusy={report.isPending}
      error={report.error}
      fields={fields}
    >
      <TenantPicker
        label={words.tenant}
        description={words.tenantAbout}
        chosen={tenant}
        onChoose={(next) => {
          setTenant(next)
          setPerson({ ...person, supervisor: null })
        }}
        error={wrong['tenant_id'] ?? mayReport.reason ?? undefined}
      />
      <IdentityFields
        person={person}
        change={(values) => setPerson({ ...person, ...values })}
        tenant_id={tenant?.value ?? null}
        wrong={wrong}
      />
      <UserFields
        roles={roles}
        onChange={setRoles}
        tenant_id={tenant?.value ?? null}
        error={wrong['user.role_ids']}
      />
      <WhenFields
        type="onboard"
        when={when}
        change={(values) => setWhen({ ...when, ...values })}
        wrong={wrong}
      />
    </FormFrame>
  )
}
