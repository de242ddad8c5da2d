import { useTenantName } from '../../access/tenant-names.ts'
import { TenantPicker } from '../../components/tenant-picker.tsx'
import { auditTexts as texts } from '../../texts/audit.ts'

type Props = {
  value: string | undefined
  error: string | undefined
  set: (value: string | null) => void
}

export function TenantField({ value, error, set }: Props) {
  const name = useTenantName(value ?? null)
  return (
    <TenantPicker
      label={texts.tenant}
      placeholder={texts.anyTenant}
      chosen={value ? { value, label: name } : null}
      onChoose={(choice) => set(choice?.value ?? null)}
      error={error}
      clearable
    />
  )
}
