import { Button, Group, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { canUsePasskeys } from '../api/passkeys.ts'
import { Time } from '../components/time.tsx'
import { secondFactorTexts as texts } from '../texts/second-factors.ts'
import { AddPasskey } from './add-passkey.tsx'
import { DeletePasskey } from './delete-passkey.tsx'
import { Part } from './part.tsx'
import { RenamePasskey } from './rename-passkey.tsx'
import type { Passkey } from './types.ts'

export function Passkeys({ passkeys, isOff }: { passkeys: Passkey[]; isOff: boolean }) {
  const [isOpen, { open, close }] = useDisclosure()
  return (
    <Part
      title={texts.passkeys}
      about={texts.passkeysAbout}
      actions={
        !isOff &&
        canUsePasskeys() && (
          <Button variant="default" onClick={open}>
            {texts.add}
          </Button>
        )
      }
    >
      {!canUsePasskeys() && <Text size="sm">{texts.cantUse}</Text>}
      {passkeys.length === 0 ? (
        <Text size="sm">{texts.noPasskeys}</Text>
      ) : (
        <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
          {passkeys.map((passkey) => (
            <Row key={passkey.id} passkey={passkey} />
          ))}
        </Stack>
      )}
      <AddPasskey opened={isOpen} onClose={close} />
    </Part>
  )
}

function Row({ passkey }: { passkey: Passkey }) {
  const { name, is_backed_up, created_at, last_used_at } = passkey
  return (
    <Group component="li" justify="space-between" gap="xs">
      <div>
        <Text size="sm" fw={500}>
          <bdi>{name}</bdi>
        </Text>
        <Text size="xs" c="dimmed">
          {texts.added} <Time at={created_at} />
          {last_used_at && (
            <>
              {' · '}
              {texts.lastUsed} <Time at={last_used_at} />
            </>
          )}
          {is_backed_up && ` · ${texts.backedUp}`}
        </Text>
      </div>
      <Group gap="xs">
        <RenamePasskey passkey={passkey} />
        <DeletePasskey passkey={passkey} />
      </Group>
    </Group>
  )
}
