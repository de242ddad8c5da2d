import { Button, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAllowed } from '../../access/use-allowed.ts'
import { failureOf } from '../../api/errors.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { FailureAlert } from '../../components/failure.tsx'
import { texts as common } from '../../texts/common.ts'
import { roleTexts as texts } from '../../texts/roles.ts'
import { changesIn, difference, onTopOf, type Role } from './role-changes.ts'
import { RoleFields, type RoleValues } from './role-fields.tsx'
import { RoleImpact } from './role-impact.tsx'
import { StaleRole } from './stale-role.tsx'
import { useSaveRole } from './use-save-role.ts'

type Props = {
  /** As the server has it now: newer than what this form began with where somebody else has saved. */
  latest: Role
  reload: () => void
}

export function EditRoleForm({ latest, reload }: Props) {
  const [base, setBase] = useState(latest)
  const [values, setValues] = useState<RoleValues>(base)
  const [isReviewing, setReviewing] = useState(false)
  const allowed = useAllowed('roles.write')
  const changes = changesIn(values, base)
  const { removed } = difference(base.permissions, changes.permissions ?? base.permissions)
  const save = useSaveRole({ base, changes, reload, onRefused: () => setReviewing(false) })
  const isStale = latest.version !== base.version
  const isChanged = Object.keys(changes).length > 0
  function goOnFrom(next: RoleValues) {
    setBase(latest)
    setValues(next)
    save.forget()
  }
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!allowed.isAllowed || isStale || !isChanged) return
          if (removed.length > 0) setReviewing(true)
          else save.now()
        }}
        noValidate
      >
        <Stack>
          {isStale && (
            <StaleRole
              base={base}
              theirs={latest}
              onKeep={() => goOnFrom(onTopOf(latest, values, base))}
              onDrop={() => goOnFrom(latest)}
            />
          )}
          <RoleFields values={values} setValues={setValues} faults={failureOf(save.error).fields} />
          {save.error !== null && !isStale && <FailureAlert error={save.error} />}
          <Group>
            <AllowedButton
              type="submit"
              allowed={allowedUnless(allowed, isStale, isChanged)}
              loading={save.isPending}
            >
              {texts.save}
            </AllowedButton>
            <Button component={Link} to={`/roles/${base.id}`} variant="default">
              {common.cancel}
            </Button>
          </Group>
        </Stack>
      </form>
      <RoleImpact
        opened={isReviewing}
        onClose={() => setReviewing(false)}
        removed={removed}
        save={save}
      />
    </>
  )
}

function allowedUnless(
  allowed: { isAllowed: boolean; reason: string | null },
  isStale: boolean,
  isChanged: boolean,
) {
  if (!allowed.isAllowed) return allowed
  if (isStale) return { isAllowed: false, reason: texts.chooseFirst }
  return isChanged ? allowed : { isAllowed: false, reason: texts.unchanged }
}
