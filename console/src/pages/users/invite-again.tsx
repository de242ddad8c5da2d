import { Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import { useAllowedOver } from '../../access/use-allowed-at.ts'
import { api } from '../../api/client.ts'
import { useSubmitKey } from '../../api/idempotency.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import type { components } from '../../generated/api.d.ts'
import { inviteTexts as words } from '../../texts/users.ts'
import { InvitationDialog } from './invitation-dialog.tsx'

/** For who was invited by a personnel event, where nobody is shown a link, or has lost theirs. */
export function InviteAgain({ user }: { user: components['schemas']['User'] }) {
  const { id, name, email, tenants } = user
  const [isOpen, { open, close }] = useDisclosure()
  const [asked, setAsked] = useState(0)
  const keyOf = useSubmitKey()
  const allowed = useAllowedOver('users.create', tenants)
  // The answer holds the link, which is for one pair of eyes: it is kept for no one else.
  const renew = api.useMutation('post', '/api/v1/users/{id}/invitation', {
    gcTime: 0,
    onSuccess: close,
  })
  function start() {
    renew.reset()
    setAsked(asked + 1)
    open()
  }
  return (
    <>
      <AllowedButton variant="default" allowed={allowed} onClick={start}>
        {words.again}
      </AllowedButton>
      <ConfirmDialog
        opened={isOpen}
        onClose={close}
        title={words.againTitle(name)}
        action={words.againAction}
        color="gate"
        onConfirm={() => renew.mutate({ params: { path: { id }, header: keyOf({ id, asked }) } })}
        isBusy={renew.isPending}
        error={renew.error}
      >
        <Text>{words.againAbout}</Text>
      </ConfirmDialog>
      {renew.data && (
        <InvitationDialog
          user={{ name, email, invitation_url: renew.data.invitation_url ?? null }}
          onClose={renew.reset}
        />
      )}
    </>
  )
}
