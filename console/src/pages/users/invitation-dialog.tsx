import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { inviteTexts } from '../../texts/users.ts'
import { CopySecret } from '../../tokens/copy-secret.tsx'
import { NotCopied } from '../../tokens/not-copied.tsx'
import { useKeptSecret } from '../../tokens/use-kept-secret.ts'

type Invited = { name: string; email: string | null; invitation_url?: string | null }
type Props = { user: Invited; onClose: () => void }

/** The link by which a person comes in, shown once: not closed by accident, and not uncopied without a question. */
export function InvitationDialog({ user, onClose }: Props) {
  const { invitation_url, name, email } = user
  const { copyButton, take, asks, close, leave, stay } = useKeptSecret(onClose, !invitation_url)
  return (
    <Modal
      opened
      onClose={() => undefined}
      title={inviteTexts.dialog}
      size="lg"
      centered
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
    >
      <Stack>
        {invitation_url ? (
          <>
            <Text>{inviteTexts.forWhom(name, email ?? '')}</Text>
            <CopySecret
              label={inviteTexts.link}
              copyLabel={inviteTexts.copy}
              value={invitation_url}
              onTaken={take}
              copyButton={copyButton}
              isFirst
            />
            <Text size="sm">{inviteTexts.once}</Text>
          </>
        ) : (
          <Text>{inviteTexts.shownBefore}</Text>
        )}
        {asks ? (
          <NotCopied texts={inviteTexts} onStay={stay} onLeave={leave} />
        ) : (
          <Group justify="flex-end">
            <Button onClick={close}>
              {invitation_url ? inviteTexts.done : inviteTexts.toUser}
            </Button>
          </Group>
        )}
      </Stack>
    </Modal>
  )
}
