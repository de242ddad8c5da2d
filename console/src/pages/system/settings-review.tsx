import { Alert, Button, Group, List, Modal, Stack, Table, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { api } from '../../api/client.ts'
import { FailureAlert } from '../../components/failure.tsx'
import type { components } from '../../generated/api.d.ts'
import { texts as common } from '../../texts/common.ts'
import { settingsTexts as texts } from '../../texts/settings.ts'
import { inWords, type SettingName, type Settings } from './settings-draft.ts'

type Touched = components['schemas']['ChangedSettings']['affected_tokens']

type Props = {
  now: Settings
  changed: Partial<Settings>
  touched: Touched
  onClose: () => void
  onSaved: () => void
}

/** The last look before settings hold: what changes, and how many live tokens are beyond it. */
export function SettingsReview({ now, changed, touched, onClose, onSaved }: Props) {
  const save = api.useMutation('patch', '/api/v1/settings')
  function confirm() {
    save.mutate(
      { body: changed },
      {
        onSuccess: () => {
          notifications.show({ message: texts.saved, color: 'green' })
          onSaved()
          onClose()
        },
      },
    )
  }
  return (
    <Modal opened onClose={onClose} title={texts.reviewTitle} size="lg">
      <Stack>
        <Changes now={now} changed={changed} />
        <TouchedTokens touched={touched} />
        {save.error !== null && <FailureAlert error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button onClick={confirm} loading={save.isPending} data-autofocus>
            {texts.save}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Changes({ now, changed }: Pick<Props, 'now' | 'changed'>) {
  const names = Object.keys(changed) as SettingName[]
  return (
    <Table aria-label={texts.reviewTitle}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{texts.setting}</Table.Th>
          <Table.Th scope="col">{texts.now}</Table.Th>
          <Table.Th scope="col">{texts.afterwards}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {names.map((name) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" fw={500}>
              {texts.fields[name].label}
            </Table.Th>
            <Table.Td>{inWords(name, now[name])}</Table.Td>
            <Table.Td fw={600}>{inWords(name, changed[name] ?? null)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function TouchedTokens({
  touched: { exceeding_max_lifetime, never_expiring },
}: {
  touched: Touched
}) {
  const total = exceeding_max_lifetime + never_expiring
  if (total === 0) {
    return (
      <Alert color="green" icon={<IconCheck />}>
        {texts.untouched}
      </Alert>
    )
  }
  return (
    <Alert color="yellow" icon={<IconAlertTriangle />} title={texts.touched(total)}>
      <List size="sm">
        {exceeding_max_lifetime > 0 && (
          <List.Item>{texts.exceeding(exceeding_max_lifetime)}</List.Item>
        )}
        {never_expiring > 0 && <List.Item>{texts.neverExpiring(never_expiring)}</List.Item>}
      </List>
      <Text size="sm" mt="xs">
        {texts.theyStay}
      </Text>
    </Alert>
  )
}
