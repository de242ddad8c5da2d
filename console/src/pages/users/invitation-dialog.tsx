import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { CopyField } from '../../components/copy-field.tsx'
import type { components } from '../../generated/api.d.ts'
import { inviteTexts } from '../../texts/users.ts'

type Props = { user: components['schemas']['CreatedUser']; onClose: () => void }

/** The link by which a person comes in, shown once: not closed by accident, and not uncopied without a question. */
export function InvitationDialog({ user, onClose }: Props) {
  const { invitation_url, name, email } = user
  const [isCopied, setCopied] = useState(false)
  const [isWarned, setWarned] = useState(false)
  const mayClose = isCopied || isWarned || !invitation_url
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
            <CopyField
              label={inviteTexts.link}
              value={invitation_url}
              onCopy={() => setCopied(true)}
            />
            <Text size="sm">{inviteTexts.once}</Text>
          </>
        ) : (
          <Text>{inviteTexts.shownBefore}</Text>
        )}
        {isWarned && !isCopied && (
          <Alert
            role="alert"
            color="orange"
            variant="light"
            icon={<IconAlertTriangle aria-hidden />}
          >
            {inviteTexts.closeUncopied}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button
            variant={mayClose ? 'filled' : 'default'}
            onClick={() => (mayClose ? onClose() : setWarned(true))}
          >
            {isWarned && !isCopied ? inviteTexts.closeAnyway : inviteTexts.done}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
