import { Button, Group, List, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { api } from '../../api/client.ts'
import { RenameDialog } from '../../components/rename-dialog.tsx'
import { Time } from '../../components/time.tsx'
import { EnrolmentDialog } from '../../second-factors/enrolment-dialog.tsx'
import { enrolmentTexts, factorTexts as texts } from '../../texts/second-factors.ts'
import { FactorLine } from './factor-line.tsx'
import { type Factors, isLast } from './factors.ts'
import { RemoveFactor } from './remove-factor.tsx'

export function OwnPasskeys({ factors }: { factors: Factors }) {
  const { passkeys, policy, recovery_codes_left } = factors
  const [isOpen, { open, close }] = useDisclosure()
  return (
    <div>
      <FactorLine
        title={texts.passkeys}
        about={passkeys.length === 0 ? texts.noPasskey : texts.passkeysAbout}
      >
        {policy !== 'off' && (
          <Button variant="default" size="compact-sm" onClick={open}>
            {enrolmentTexts.addPasskey}
          </Button>
        )}
      </FactorLine>
      {passkeys.length > 0 && (
        <List listStyleType="none" spacing="xs" mt="xs" aria-label={texts.passkeys}>
          {passkeys.map((passkey) => (
            <List.Item key={passkey.id} styles={{ itemWrapper: { width: '100%' } }}>
              <PasskeyLine passkey={passkey} isLast={isLast(factors)} />
            </List.Item>
          ))}
        </List>
      )}
      {isOpen && (
        <EnrolmentDialog begin="passkey" hasCodes={recovery_codes_left > 0} onClose={close} />
      )}
    </div>
  )
}

type LineProps = { passkey: Factors['passkeys'][number]; isLast: boolean }

function PasskeyLine({ passkey, isLast }: LineProps) {
  const { id, name, is_backed_up, created_at, last_used_at } = passkey
  return (
    <Group justify="space-between" gap="xs">
      <div>
        <Text size="sm" fw={500}>
          <bdi>{name}</bdi>
        </Text>
        <Text size="sm" c="dimmed">
          {texts.added} <Time at={created_at} />, {texts.lastUsed}{' '}
          <Time at={last_used_at} never={texts.notYet} />
          {is_backed_up && `, ${texts.isBackedUp}`}
        </Text>
      </div>
      <Group gap="xs">
        <RenamePasskey id={id} name={name} />
        <RemoveFactor factor={{ kind: 'passkey', id, name }} isLast={isLast} />
      </Group>
    </Group>
  )
}

function RenamePasskey({ id, name }: { id: string; name: string }) {
  const [isOpen, { open, close }] = useDisclosure()
  const rename = api.useMutation('patch', '/api/v1/me/passkeys/{id}', { onSuccess: close })
  function start() {
    rename.reset()
    open()
  }
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        onClick={start}
        aria-label={texts.renameNamed(name)}
      >
        {texts.rename}
      </Button>
      <RenameDialog
        opened={isOpen}
        onClose={close}
        title={texts.renameTitle}
        about={texts.renameAbout}
        name={name}
        error={rename.error}
        isBusy={rename.isPending}
        onRename={(next) => rename.mutate({ params: { path: { id } }, body: { name: next } })}
      />
    </>
  )
}
