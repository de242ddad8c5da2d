import { Checkbox, Stack } from '@mantine/core'
import { useState } from 'react'
import { useAllowedOver } from '../../access/use-allowed-at.ts'
import { client } from '../../api/client.ts'
import { EndButton } from '../../sessions/end-button.tsx'
import { userSignInTexts as texts } from '../../texts/user-sign-in.ts'

type Props = { user: { id: string; name: string; tenants: string[] } }

/** The end of whatever a person was ever given to come in with, and, unless one keeps them, of their factors. */
export function EndEverything({ user: { id, name, tenants } }: Props) {
  const [keeps, setKeeps] = useState(false)
  const params = { path: { id } }
  const body = keeps ? { factors_since: null } : {}
  return (
    <EndButton
      label={texts.endEverything}
      allowed={useAllowedOver('users.deactivate', tenants)}
      title={texts.endEverythingTitle(name)}
      about={
        <Stack gap="sm">
          {texts.endEverythingAbout}
          <Checkbox
            label={texts.keepFactors}
            description={texts.keepFactorsAbout}
            checked={keeps}
            onChange={(event) => setKeeps(event.currentTarget.checked)}
          />
        </Stack>
      }
      action={texts.endEverything}
      onOpen={() => setKeeps(false)}
      end={() => client.POST('/api/v1/users/{id}/end-credentials', { params, body })}
      done={(answer) => {
        const ended = texts.everythingEnded(
          answer?.sessions_ended ?? 0,
          answer?.tokens_revoked ?? 0,
        )
        return answer?.has_way_in === false ? `${ended}. ${texts.noWayIn}` : ended
      }}
    />
  )
}
