import {
  ActionIcon,
  Button,
  Group,
  Menu,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core'
import { IconChevronDown, IconLogout, IconMoon, IconSun } from '@tabler/icons-react'
import type { Me } from '../access/me.ts'
import { texts } from '../texts/common.ts'
import { leave } from './leave.ts'

export function AccountMenu({ me }: { me: Me }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <ColourScheme />
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            c="var(--mantine-color-text)"
            rightSection={<IconChevronDown size={14} aria-hidden />}
            maw={220}
          >
            <bdi>{me.name}</bdi>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <bdi>{me.email}</bdi>
          </Menu.Label>
          <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={leave}>
            {texts.signOut}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}

function ColourScheme() {
  const { setColorScheme } = useMantineColorScheme()
  const isDark = useComputedColorScheme('light') === 'dark'
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={isDark ? texts.lightMode : texts.darkMode}
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
    >
      {isDark ? <IconSun size={18} aria-hidden /> : <IconMoon size={18} aria-hidden />}
    </ActionIcon>
  )
}
