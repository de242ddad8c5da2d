import { useTenantName } from '../access/tenant-names.ts'
import { texts } from '../texts/common.ts'
import { TenantPicker } from './tenant-picker.tsx'
import type { ListParams } from './use-list-params.ts'

/** Of a list whose rows each lie in one tenant: `?tenant=`. */
export function TenantFilter({ params }: { params: ListParams }) {
  const id = params.get('tenant') ?? null
  const name = useTenantName(id)
  return (
    <TenantPicker
      label={texts.tenant}
      placeholder={texts.anyTenant}
      chosen={id === null ? null : { value: id, label: name }}
      onChoose={(choice) => params.set({ tenant: choice?.value })}
      clearable
    />
  )
}
