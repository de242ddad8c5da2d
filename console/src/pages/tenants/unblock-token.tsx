import { Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useAllowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { keepFocus } from '../../components/keep-focus.ts'
import type { components } from '../../generated/api.d.ts'
import { reachTexts as words } from '../../texts/tenants.ts'
import { BlockFacts } from './block-state.tsx'
import type { Tenant } from './tenant-state.tsx'

type Props = { tenant: Tenant; token: components['schemas']['TenantToken'] }

/** Lets a token in again, after a look at why it was kept out. */
export function UnblockToken({ tenant, token }: Props) {
  const [isOpen, { open, close }] = useDisclosure()
  const allowed = useAllowed('tokens.revoke', tenant.id)
  const unblock = api.useMutation('delete', '/api/v1/tenants/{id}/tokens/{token_id}/block', {
    onSuccess: () => {
      close()
      notifications.show({ message: words.wasUnblocked(token.name) })
      keepFocus()
    },
  })
  return (
    <>
      <AllowedButton
        allowed={allowed}
        variant="default"
        size="compact-sm"
        aria-label={words.unblockNamed(token.name)}
        onClick={open}
      >
        {words.unblock}
      </AllowedButton>
      <ConfirmDialog
        opened={isOpen}
        onClose={close}
        title={words.unblockTitle(token.name)}
        action={words.unblock}
        color="gate"
        isBusy={unblock.isPending}
        error={unblock.error}
        onConfirm={() =>
          unblock.mutate({ params: { path: { id: tenant.id, token_id: token.id } } })
        }
      >
        {token.block && <BlockFacts block={token.block} />}
        <Text>{words.unblockAbout(tenant.name)}</Text>
      </ConfirmDialog>
    </>
  )
}
