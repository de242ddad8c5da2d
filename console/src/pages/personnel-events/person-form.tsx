import { Text } from '@mantine/core'
import { useState } from 'react'
import { useAllowedSomewhere } from '../../access/use-allowed-at.ts'
import { api } from '../../api/client.ts'
import { Loaded } from '../../components/loaded.tsx'
import { IdentityPicker } from '../../identities/identity-picker.tsx'
import type { Identity } from '../../identities/types.ts'
import type { EventType } from '../../personnel-events/types.ts'
import { newEventTexts as words } from '../../texts/personnel-events.ts'
import { AboutPersonForm } from './about-person-form.tsx'

type Props = { type: Exclude<EventType, 'onboard'>; identity_id: string | null }

/** About somebody on the books: the one that the address names, or whom one chooses. */
export function PersonForm({ type, identity_id }: Props) {
  const mayLook = useAllowedSomewhere('identities.read')
  if (!mayLook.isAllowed) {
    return (
      <Text>
        {words.personsUnseen}: {mayLook.reason}
      </Text>
    )
  }
  if (identity_id === null) return <Choosing type={type} first={null} />
  return <Named type={type} identity_id={identity_id} />
}

function Named({ type, identity_id }: Props & { identity_id: string }) {
  const found = api.useQuery('get', '/api/v1/identities/{id}', {
    params: { path: { id: identity_id } },
  })
  return <Loaded query={found}>{(data) => <Choosing type={type} first={data} />}</Loaded>
}

function Choosing({ type, first }: { type: Props['type']; first: Identity | null }) {
  const [identity, setIdentity] = useState(first)
  return (
    <AboutPersonForm key={identity?.id ?? ''} type={type} identity={identity}>
      {(error) => (
        <IdentityPicker
          label={words.person}
          description={words.personAbout}
          chosen={identity}
          onChoose={setIdentity}
          error={error}
        />
      )}
    </AboutPersonForm>
  )
}
