import { holdsAnywhere, useMe } from '../../access/me.ts'
import { api } from '../../api/client.ts'
import { auditTexts as texts } from '../../texts/audit.ts'
import type { AuditEvent } from './event.ts'
import { idIn, SearchSelect, useSearch } from './search-select.tsx'

type Props = {
  value: string | undefined
  seen: readonly AuditEvent[]
  error: string | undefined
  set: (value: string | null) => void
}

/** Somebody by name, as far as one may see people; by id, whoever it was. */
export function ActorField({ value, seen, error, set }: Props) {
  const me = useMe()
  const [search, setSearch] = useSearch()
  const query = { limit: 20, sort: 'name' as const, ...(search && { search }) }
  const users = api.useQuery(
    'get',
    '/api/v1/users',
    { params: { query } },
    { enabled: holdsAnywhere(me, 'users.read') },
  )
  const found = (users.data?.data ?? []).map(({ id, name, email }) => ({
    value: id,
    label: email ? `${name} (${email})` : name,
  }))
  const acted = seen.flatMap(({ actor_id, actor_name }) =>
    actor_id ? [{ value: actor_id, label: actor_name }] : [],
  )
  const here = acted.filter(({ label }) => label.toLowerCase().includes(search.toLowerCase()))
  return (
    <SearchSelect
      label={texts.actor}
      placeholder={texts.searchActor}
      nothingFound={texts.nobodyFound}
      value={value}
      error={error}
      options={[...found, ...here, ...idIn(search)]}
      known={[...found, ...acted]}
      onSearch={setSearch}
      set={set}
    />
  )
}
