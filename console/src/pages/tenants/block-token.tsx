import { Text, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useAllowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { failureOf } from '../../api/errors.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { FormDialog, FormDialogBody } from '../../components/form-dialog.tsx'
import { keepFocus } from '../../components/keep-focus.ts'
import type { components } from '../../generated/api.d.ts'
import { reachTexts as words } from '../../texts/tenants.ts'
import type { Tenant } from './tenant-state.tsx'

type Props = { tenant: Tenant; token: components['schemas']['TenantToken'] }

/** Stops a token in this tenant, with a reason that the next administrator reads. */
export function BlockToken(props: Props) {
  const { tenant, token } = props
  const [isOpen, { open, close }] = useDisclosure()
  const allowed = useAllowed('tokens.revoke', tenant.id)
  return (
    <>
      <AllowedButton
        allowed={allowed}
        variant="default"
        size="compact-sm"
        aria-label={words.blockNamed(token.name)}
        onClick={open}
      >
        {words.block}
      </AllowedButton>
      <FormDialog opened={isOpen} onClose={close} title={words.blockTitle(token.name)}>
        <BlockForm {...props} onClose={close} />
      </FormDialog>
    </>
  )
}

function BlockForm({ tenant, token, onClose }: Props & { onClose: () => void }) {
  const [reason, setReason] = useState('')
  const block = api.useMutation('put', '/api/v1/tenants/{id}/tokens/{token_id}/block', {
    onSuccess: () => {
      onClose()
      notifications.show({ message: words.wasBlocked(token.name) })
      keepFocus()
    },
  })
  const path = { id: tenant.id, token_id: token.id }
  return (
    <FormDialogBody
      action={words.blockAction}
      color="red"
      onSubmit={() => block.mutate({ params: { path }, body: { reason: reason.trim() } })}
      onClose={onClose}
      isBusy={block.isPending}
      error={block.error}
      fields={['reason']}
    >
      <Text>{words.blockAbout(tenant.name)}</Text>
      <Textarea
        label={words.reason}
        description={words.reasonAbout}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
        error={block.error ? failureOf(block.error).fields['reason'] : undefined}
        required
        autosize
        minRows={2}
        data-autofocus
      />
    </FormDialogBody>
  )
}
