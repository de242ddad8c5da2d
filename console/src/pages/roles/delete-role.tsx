import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { client } from '../../api/client.ts'
import { FailureAlert } from '../../components/failure.tsx'
import { texts as common } from '../../texts/common.ts'
import { isolated } from '../../texts/isolated.ts'
import { roleTexts as texts } from '../../texts/roles.ts'

type Props = { role: { id: string; name: string }; opened: boolean; onClose: () => void }

export function DeleteRole({ role: { id, name }, opened, onClose }: Props) {
  const navigate = useNavigate()
  const remove = useMutation({
    mutationFn: async () => {
      const { error } = await client.DELETE('/api/v1/roles/{id}', { params: { path: { id } } })
      if (error) throw error
      notifications.show({ message: texts.deleted(isolated(name)), color: 'green' })
      // Before what is on the screen is asked anew: this page is of something that is gone.
      await navigate('/roles', { replace: true })
    },
  })
  function close() {
    remove.reset()
    onClose()
  }
  return (
    <Modal opened={opened} onClose={close} title={texts.deleteTitle} centered>
      <Stack>
        <Text fw={600}>
          <bdi>{name}</bdi>
        </Text>
        <Text size="sm">{texts.deleteAbout}</Text>
        {remove.error !== null && <FailureAlert error={remove.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {common.cancel}
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            {texts.deleteRole}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
