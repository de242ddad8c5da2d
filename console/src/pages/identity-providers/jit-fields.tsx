import { Stack, Switch, Text } from '@mantine/core'
import { useTenantNames } from '../../access/tenant-names.ts'
import { useWordsWhere } from '../../access/words-where.ts'
import { FieldError } from '../../components/field-error.tsx'
import { FormPart } from '../../components/form-part.tsx'
import { TenantsPicker } from '../../components/tenant-picker.tsx'
import { providersTexts, providerFormTexts as words } from '../../texts/identity-providers.ts'
import type { FieldsProps } from './draft.ts'
import { JitGrants } from './jit-grants.tsx'

/** Do people come in whom nobody knows yet, and with what? Whoever says so must hold it. */
export function JitFields({ draft, change, wrong }: FieldsProps) {
  const extra = useWordsWhere('users.create')
  const nameOf = useTenantNames()
  const forgets = !draft.isJit && draft.tenants.length + draft.grants.length > 0
  return (
    <FormPart title={providersTexts.newPeople}>
      <Stack gap="sm">
        <Switch
          label={words.jit}
          description={words.jitAbout}
          checked={draft.isJit}
          onChange={({ currentTarget }) => change({ isJit: currentTarget.checked })}
        />
        <FieldError>{wrong['jit'] ?? wrong['jit.enabled']}</FieldError>
        {forgets && (
          <Text size="sm" role="status">
            {words.jitForgotten}
          </Text>
        )}
        {draft.isJit && (
          <>
            <TenantsPicker
              label={words.tenants}
              description={words.tenantsAbout}
              extra={extra}
              chosen={draft.tenants.map((one) => ({
                ...one,
                label: nameOf(one.value) ?? one.label,
              }))}
              onChoose={(tenants) => change({ tenants })}
              error={wrong['jit.tenants']}
            />
            <JitGrants
              grants={draft.grants}
              change={(grants) => change({ grants })}
              error={wrong['jit.grants']}
            />
          </>
        )}
      </Stack>
    </FormPart>
  )
}
