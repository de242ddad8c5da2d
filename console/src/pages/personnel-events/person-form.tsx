import { Text } from '@mantine/core'
import { useState } from 'react'
import { useAllowedSomewhere } from '../../access/use-allowed-at.ts'
import { api } from '../../api/client.ts'
import { Loaded } from '../../components/loaded.tsx'
import type { Identity } from '../../identities/types.ts'
import type { EventType } from '../../personnel-events/types.ts'
import { newEventTexts as words } from '../../texts/personnel-events.ts'
import { AboutPersonForm } from './about-person-form.tsx'

type Props = {
  type: Exclude<EventType, 'onboard'>
  identity_id: string | null
  onChoose: (identity_id: string | null) => void
}

/** About somebody on the books: the one that the address names, or whom one chooses. */
export function PersonForm(props: Props) {
  const mayLook = useAllowedSomewhere('identities.read')
  if (!mayLook.isAllowed) {
    return (
      <Text>
        {words.personsUnseen}: {mayLook.reason}
      </Text>
    )
  }
  return <Choosing {...props} />
}

/** Whoever is chosen is known at once: the form stays where it is, with what has been typed. */
function Choosing({ type, identity_id, onChoose }: Props) {
  const [picked, setPicked] = useState<Identity | null>(null)
  const isPicked = picked !== null && picked.id === identity_id
  const found = api.useQuery(
    'get',
    '/api/v1/identities/{id}',
    { params: { path: { id: identity_id ?? '' } } },
    { enabled: identity_id !== null && !isPicked },
  )
  const named = isPicked ? picked : (found.data ?? null)
  if (identity_id !== null && named === null) return <Loaded query={found}>{() => null}</Loaded>
  return (
    <AboutPersonForm
      type={type}
      identity={identity_id === null ? null : named}
      onChoose={(identity) => {
        setPicked(identity)
        onChoose(identity?.id ?? null)
      }}
    />
  )
}
