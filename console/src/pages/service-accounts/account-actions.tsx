import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useNavigate } from 'react-router'
import { useAllowedOver } from '../../access/use-allowed-at.ts'
import { client } from '../../api/client.ts'
import { ActivateButton } from '../../components/activate-button.tsx'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { ImpactDialog } from '../../components/impact-dialog.tsx'
import { accountDetailTexts as words } from '../../texts/service-accounts.ts'
import { EditAccount } from './edit-account.tsx'
import type { Account } from './types.ts'

type Props = { account: Account; allowed: ReturnType<typeof useAllowedOver> }

export function AccountActions({ account }: { account: Account }) {
  const allowed = useAllowedOver('service_accounts.write', account.tenants)
  const isActive = account.status === 'active'
  return (
    <>
      <EditAccount account={account} allowed={allowed} />
      {isActive ? (
        <Deactivate account={account} allowed={allowed} />
      ) : (
        <Activate account={account} allowed={allowed} />
      )}
      <Delete account={account} allowed={allowed} />
    </>
  )
}

function Activate({ account: { id, name }, allowed }: Props) {
  return (
    <ActivateButton
      label={words.activate}
      allowed={allowed}
      activate={() =>
        client.POST('/api/v1/service-accounts/{id}/activate', { params: { path: { id } } })
      }
      done={words.activated(name)}
    />
  )
}

const previewOf = (id: string) => () =>
  client.DELETE('/api/v1/service-accounts/{id}', {
    params: { path: { id }, query: { dry_run: true } },
  })

function Deactivate({ account: { id, name }, allowed }: Props) {
  const [isOpen, { open, close }] = useDisclosure()
  const params = { path: { id } }
  return (
    <>
      <AllowedButton variant="default" allowed={allowed} onClick={open}>
        {words.deactivate}
      </AllowedButton>
      <ImpactDialog
        opened={isOpen}
        onClose={close}
        title={words.deactivateTitle(name)}
        about={words.deactivateAbout}
        action={words.deactivate}
        // It takes from live tokens what a deletion would, and is refused for the same reasons.
        preview={previewOf(id)}
        change={() => client.POST('/api/v1/service-accounts/{id}/deactivate', { params })}
        onDone={() => notifications.show({ message: words.deactivated(name) })}
      />
    </>
  )
}

function Delete({ account: { id, name }, allowed }: Props) {
  const [isOpen, { open, close }] = useDisclosure()
  const navigate = useNavigate()
  return (
    <>
      <AllowedButton variant="default" c="red" allowed={allowed} onClick={open}>
        {words.remove}
      </AllowedButton>
      <ImpactDialog
        opened={isOpen}
        onClose={close}
        title={words.removeTitle(name)}
        about={words.removeAbout}
        action={words.removeAction}
        preview={previewOf(id)}
        change={() => client.DELETE('/api/v1/service-accounts/{id}', { params: { path: { id } } })}
        onDone={() => {
          notifications.show({ message: words.removed(name) })
          navigate('/service-accounts', { replace: true })
        }}
      />
    </>
  )
}
