import { Button, Group, Menu, Stack, Text } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { formTexts } from '../texts/token-form.ts'
import { likeToken, type Proposal } from './draft.ts'
import { templatesFrom } from './templates.ts'
import type { Token } from './types.ts'

type Props = {
  held: readonly string[]
  existing: readonly Token[]
  onPick: (proposal: Proposal) => void
}

/** Fills in the form: a usual set of permissions, or all of another token. */
export function StartFrom({ held, existing, onPick }: Props) {
  return (
    <Stack gap="xs">
      <div>
        <Text size="sm" fw={500} id="start-from">
          {formTexts.startFrom}
        </Text>
        <Text size="sm" c="dimmed">
          {formTexts.startFromAbout}
        </Text>
      </div>
      <Group gap={8} role="group" aria-labelledby="start-from">
        {templatesFrom(held).map(({ label, permissions }) => (
          <Button
            key={label}
            variant="default"
            size="compact-md"
            fw={500}
            onClick={() => onPick({ permissions })}
          >
            {label}
          </Button>
        ))}
        {existing.length > 0 && <Existing existing={existing} onPick={onPick} />}
      </Group>
    </Stack>
  )
}

function Existing({ existing, onPick }: Pick<Props, 'existing' | 'onPick'>) {
  return (
    <Menu position="bottom-start" width={300}>
      <Menu.Target>
        <Button
          variant="default"
          size="compact-md"
          fw={500}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {formTexts.existing}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {existing.map((token) => (
          <Menu.Item key={token.id} onClick={() => onPick(likeToken(token, existing))}>
            <bdi>{token.name}</bdi>
            {token.status !== 'active' && ` (${formTexts.ended})`}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
