import { Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import type { Allowed } from '../../access/use-allowed.ts'
import { api, client } from '../../api/client.ts'
import { ActivateButton } from '../../components/activate-button.tsx'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { applicationDetailTexts as words } from '../../texts/applications.ts'
import type { Application } from './types.ts'

type Props = { application: Application; allowed: Allowed }

/** Puts an application to rest, or brings it back. */
export function Archive({ application, allowed }: Props) {
  const { id, name, is_archived } = application
  if (!is_archived) return <PutToRest application={application} allowed={allowed} />
  return (
    <ActivateButton
      label={words.restore}
      allowed={allowed}
      activate={() =>
        client.PATCH('/api/v1/applications/{id}', {
          params: { path: { id } },
          body: { is_archived: false },
        })
      }
      done={words.wasRestored(name)}
    />
  )
}

function PutToRest({ application: { id, name }, allowed }: Props) {
  const [isOpen, { open, close }] = useDisclosure()
  const update = api.useMutation('patch', '/api/v1/applications/{id}', {
    onSuccess() {
      close()
      notifications.show({ message: words.wasArchived(name) })
    },
  })
  function start() {
    update.reset()
    open()
  }
  return (
    <>
      <AllowedButton variant="default" allowed={allowed} onClick={start}>
        {words.archive}
      </AllowedButton>
      <ConfirmDialog
        opened={isOpen}
        onClose={close}
        title={words.archiveTitle(name)}
        action={words.archiveAction}
        onConfirm={() => update.mutate({ params: { path: { id } }, body: { is_archived: true } })}
        isBusy={update.isPending}
        error={update.error}
      >
        <Text>{words.archiveAbout}</Text>
      </ConfirmDialog>
    </>
  )
}
