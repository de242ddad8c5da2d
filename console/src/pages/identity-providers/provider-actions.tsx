import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useNavigate } from 'react-router'
import type { Allowed } from '../../access/use-allowed.ts'
import { client } from '../../api/client.ts'
import { ActivateButton } from '../../components/activate-button.tsx'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { ImpactDialog } from '../../components/impact-dialog.tsx'
import { providerDetailTexts as words } from '../../texts/identity-providers.ts'
import type { Provider } from './draft.ts'
import { showEndOfSignIn } from './end-of-sign-in.tsx'

type Props = { provider: Provider; allowed: Allowed }

export function ProviderActions(props: Props) {
  return (
    <>
      {props.provider.is_enabled ? <Disable {...props} /> : <Enable {...props} />}
      <Delete {...props} />
    </>
  )
}

const set = (id: string, is_enabled: boolean, dry_run = false) =>
  client.PATCH('/api/v1/identity-providers/{id}', {
    params: { path: { id }, query: { dry_run } },
    body: { is_enabled },
  })

function Enable({ provider: { id, name }, allowed }: Props) {
  return (
    <ActivateButton
      label={words.enable}
      allowed={allowed}
      activate={() => set(id, true)}
      done={words.wasEnabled(name)}
    />
  )
}

function Disable({ provider: { id, name }, allowed }: Props) {
  const [isOpen, { open, close }] = useDisclosure()
  return (
    <>
      <AllowedButton variant="default" allowed={allowed} onClick={open}>
        {words.disable}
      </AllowedButton>
      <ImpactDialog
        opened={isOpen}
        onClose={close}
        title={words.disableTitle(name)}
        about={words.disableAbout}
        action={words.disable}
        show={showEndOfSignIn}
        preview={async () => {
          const { data, error } = await set(id, false, true)
          return { data: data?.effect, error }
        }}
        change={() => set(id, false)}
        onDone={() => notifications.show({ message: words.wasDisabled(name) })}
      />
    </>
  )
}

function Delete({ provider: { id, name }, allowed }: Props) {
  const [isOpen, { open, close }] = useDisclosure()
  const navigate = useNavigate()
  const remove = (dry_run: boolean) =>
    client.DELETE('/api/v1/identity-providers/{id}', {
      params: { path: { id }, query: { dry_run } },
    })
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
        show={showEndOfSignIn}
        preview={() => remove(true)}
        change={() => remove(false)}
        onDone={() => {
          notifications.show({ message: words.wasRemoved(name) })
          navigate('/system/identity-providers', { replace: true })
        }}
      />
    </>
  )
}
