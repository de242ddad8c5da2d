import { api } from '../../api/client.ts'
import type { ListParams } from '../../components/use-list-params.ts'
import { IdentityPicker } from '../../identities/identity-picker.tsx'
import { eventTexts as words } from '../../texts/personnel-events.ts'

/** Shows only what one person is about (`?identity=`). */
export function IdentityFilter({ params }: { params: ListParams }) {
  const id = params.get('identity') ?? null
  const { data } = api.useQuery(
    'get',
    '/api/v1/identities/{id}',
    { params: { path: { id: id ?? '' } } },
    { enabled: id !== null },
  )
  return (
    <IdentityPicker
      label={words.identity}
      placeholder={words.anyIdentity}
      chosen={id === null ? null : (data ?? null)}
      chosen_id={id}
      onChoose={(identity) => params.set({ identity: identity?.id })}
      clearable
    />
  )
}
