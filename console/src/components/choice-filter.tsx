import { Select } from '@mantine/core'
import type { ListParams } from './use-list-params.ts'

type Props = {
  params: ListParams
  /** Of the parameter in the address. */
  name: string
  label: string
  any: string
  /** What each value is called. */
  names: Record<string, string>
}

/** Shows only those of one kind or status; none chosen: all. */
export function ChoiceFilter({ params, name, label, any, names }: Props) {
  return (
    <Select
      label={label}
      placeholder={any}
      data={Object.entries(names).map(([value, label]) => ({ value, label }))}
      value={params.get(name) ?? null}
      onChange={(value) => params.set({ [name]: value ?? undefined })}
      clearable
      w={180}
    />
  )
}
