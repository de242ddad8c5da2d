import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useNavigate } from 'react-router'
import { useAllowedOver } from '../../access/use-allowed-at.ts'
import { api, client } from '../../api/client.ts'
import { ActivateButton } from '../../components/activate-button.tsx'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { ImpactDialog } from '../../components/impact-dialog.tsx'
import { RenameDialog } from '../../components/rename-dialog.tsx'
import type { components } from '../../generated/api.d.ts'
import { userDetailTexts as words } from '../../texts/users.ts'
import { InviteAgain } from './invite-again.tsx'

type User = components['schemas']['User']

export function UserActions({ user }: { user: User }) {
  const mayEnd = useAllowedOver('users.deactivate', user.tenants)
  return (
    <>
      {user.status === 'invited' && <InviteAgain user={user} />}
      <Rename user={user} />
      {user.status === 'deactivated' ? (
        <Activate user={user} allowed={mayEnd} />
      ) : (
        <Deactivate user={user} allowed={mayEnd} />
      )}
      <Delete user={user} allowed={mayEnd} />
    </>
  )
}

type Props = { user: User; allowed: ReturnType<typeof useAllowedOver> }

function Rename({ user }: { user: User }) {
  const [isOpen, { open, close }] = useDisclosure()
  const allowed = useAllowedOver('users.update', user.tenants)
  const update = api.useMutation('patch', '/api/v1/users/{id}', { onSuccess: close })
  function start() {
    update.reset()
    open()
  }
  return (
    <>
      <AllowedButton variant="default" allowed={allowed} onClick={start}>
        {words.rename}
      </AllowedButton>
      <RenameDialog
        opened={isOpen}
        onClose={close}
        title={words.renameTitle}
        about={words.renameAbout}
        name={user.name}
        error={update.error}
        isBusy={update.isPending}
        onRename={(name) => update.mutate({ params: { path: { id: user.id } }, body: { name } })}
      />
    </>
  )
}

function Activate({ user: { id, name }, allowed }: Props) {
  return (
    <ActivateButton
      label={words.activate}
      allowed={allowed}
      activate={() => client.POST('/api/v1/users/{id}/activate', { params: { path: { id } } })}
      done={words.activated(name)}
    />
  )
}

function Deactivate({ user: { id, name }, allowed }: Props) {
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
        preview={() =>
          client.DELETE('/api/v1/users/{id}', { params: { ...params, query: { dry_run: true } } })
        }
        change={() => client.POST('/api/v1/users/{id}/deactivate', { params })}
        onDone={() => notifications.show({ message: words.deactivated(name) })}
      />
    </>
  )
}

function Delete({ user: { id, name }, allowed }: Props) {
  const [isOpen, { open, close }] = useDisclosure()
  const navigate = useNavigate()
  const params = { path: { id } }
  return (
    <>
      <AllowedButton variant="default" allowed={allowed} onClick={open}>
        {words.remove}
      </AllowedButton>
      <ImpactDialog
        opened={isOpen}
        onClose={close}
        title={words.removeTitle(name)}
        about={words.removeAbout}
        action={words.removeAction}
        preview={() =>
          client.DELETE('/api/v1/users/{id}', { params: { ...params, query: { dry_run: true } } })
        }
        change={() => client.DELETE('/api/v1/users/{id}', { params })}
        onDone={() => {
          notifications.show({ message: words.removed(name) })
          navigate('/users', { replace: true })
        }}
      />
    </>
  )
}
