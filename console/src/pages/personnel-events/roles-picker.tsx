import { MultiSelect, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { useAllowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { FieldError } from '../../components/field-error.tsx'
import { searchState } from '../../components/search-state.ts'
import type { Choice } from '../../components/tenant-picker.tsx'
import { newEventTexts as words } from '../../texts/personnel-events.ts'
import { useLacking } from './use-giveable.ts'

type Props = {
  label: string
  chosen: readonly Choice[]
  onChoose: (roles: Choice[]) => void
  /** Where they are given. */
  tenant_id: string | null
  error: string | undefined
}

/** Roles to give; of those that one can't give there it says why. */
export function RolesPicker({ chosen, onChoose, tenant_id, error, ...props }: Props) {
  const mayRead = useAllowed('roles.read')
  const [searchValue, onSearchChange] = useState('')
  const [asked] = useDebouncedValue(searchValue.trim(), 200)
  const lackingOf = useLacking(tenant_id)
  const query = { limit: 50, sort: 'name' as const, ...(asked && { search: asked.slice(0, 100) }) }
  const search = api.useQuery(
    'get',
    '/api/v1/roles',
    { params: { query } },
    { placeholderData: keepPreviousData, enabled: mayRead.isAllowed },
  )
  if (mayRead.reason !== null) {
    return (
      <div>
        <Text size="sm">
          {words.noRoles}: {mayRead.reason}
        </Text>
        <FieldError>{error}</FieldError>
      </div>
    )
  }
  const roles = search.data?.data ?? []
  const lacking = new Map(roles.map((role) => [role.id, lackingOf(role)]))
  const found = roles.map(({ id, name }) => ({
    value: id,
    label: name,
    disabled: (lacking.get(id) ?? []).length > 0,
  }))
  const all = new Map([...chosen, ...found].map((choice) => [choice.value, choice]))
  return (
    <MultiSelect
      {...props}
      {...searchState(search, error)}
      description={words.rolesAbout}
      searchable
      hidePickedOptions
      data={[...all.values()]}
      value={chosen.map(({ value }) => value)}
      onChange={(ids) => onChoose(ids.flatMap((id) => all.get(id) ?? []))}
      searchValue={searchValue}
      onSearchChange={onSearchChange}
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <RoleOption name={option.label} lacking={lacking.get(option.value) ?? []} />
      )}
      maxDropdownHeight={280}
    />
  )
}

function RoleOption({ name, lacking }: { name: string; lacking: readonly string[] }) {
  const [first, ...more] = lacking
  return (
    <div>
      <Text size="sm">
        <bdi>{name}</bdi>
      </Text>
      {first !== undefined && <Text size="xs">{words.lacks(first, more.length)}</Text>}
    </div>
  )
}
