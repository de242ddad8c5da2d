import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { holdsAnywhere, useMe } from '../../access/me.ts'
import { api } from '../../api/client.ts'
import { auditTexts as texts } from '../../texts/audit.ts'
import type { AuditEvent } from './event.ts'

type Props = {
  value: string | undefined
  seen: readonly AuditEvent[]
  error: string | undefined
  set: (value: string | null) => void
}

type Option = { value: string; label: string }

/** Somebody by name, as far as one may see people; by id, whoever it was. */
export function ActorField({ value, seen, error, set }: Props) {
  const [search, setSearch] = useState('')
  const [picked, setPicked] = useState<Option | null>(null)
  const acted = seen.flatMap(({ actor_id, actor_name }) =>
    actor_id ? [{ value: actor_id, label: actor_name }] : [],
  )
  const named = [picked, ...acted].find((one) => one?.value === value)?.label ?? value
  // While somebody is chosen the field shows their name, which is no search for it.
  const people = usePeople(search === named ? '' : search)
  const known = new Map([...acted, ...people].map((one) => [one.value, one]))
  const chosen = value ? [known.get(value) ?? { value, label: value }] : []
  const here = acted.filter(({ label }) => label.toLowerCase().includes(search.toLowerCase()))
  const options = [...people, ...here, ...chosen, ...pasted(search)]
  return (
    <Select
      label={texts.actor}
      placeholder={texts.searchActor}
      nothingFoundMessage={texts.nobodyFound}
      error={error}
      data={[...new Map(options.map((one) => [one.value, one])).values()]}
      value={value ?? null}
      onChange={(value, option) => {
        setPicked(option)
        set(value)
      }}
      searchable
      clearable
      // The server has searched already, by more than the label.
      filter={({ options }) => options}
      searchValue={search}
      onSearchChange={setSearch}
      maxDropdownHeight={280}
    />
  )
}

function usePeople(search: string): Option[] {
  const me = useMe()
  const [asked] = useDebouncedValue(search.trim().slice(0, 200), 250)
  const query = { limit: 20, sort: 'name' as const, ...(asked && { search: asked }) }
  const { data } = api.useQuery(
    'get',
    '/api/v1/users',
    { params: { query } },
    { enabled: holdsAnywhere(me, 'users.read'), placeholderData: keepPreviousData },
  )
  return (data?.data ?? []).map(({ id, name, email }) => ({
    value: id,
    label: email ? `${name} (${email})` : name,
  }))
}

const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** An id that was pasted can be chosen as it is. */
const pasted = (text: string): Option[] =>
  id.test(text.trim()) ? [{ value: text.trim(), label: text.trim() }] : []
