import { NavLink as MenuLink, ScrollArea, Stack, Text } from '@mantine/core'
import {
  IconAddressBook,
  IconAdjustments,
  IconApps,
  IconBell,
  IconBook,
  IconBuilding,
  IconCalendarUser,
  IconKey,
  IconLicense,
  IconListDetails,
  IconLock,
  IconRobot,
  IconServerCog,
  IconShield,
  IconTableImport,
  IconUserShield,
  IconUsers,
  IconUserUp,
  IconWebhook,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { Link, useLocation } from 'react-router'
import { holdsAnywhere, type Me } from '../access/me.ts'
import { navigation } from '../texts/navigation.ts'
import { mayAnywhere } from '../webhooks/may.ts'

type Item = {
  to: string
  label: string
  icon: ComponentType<{ size: number; 'aria-hidden': boolean }>
  /** What the page lists needs this permission, or more than one; none: it is everybody's. */
  permission?: string | ((me: Me) => boolean)
}

const sections: { title: string; items: Item[] }[] = [
  {
    title: navigation.userSettings,
    items: [
      { to: '/settings/tokens', label: navigation.ownTokens, icon: IconKey },
      { to: '/settings/security', label: navigation.security, icon: IconLock },
      { to: '/settings/notices', label: navigation.notices, icon: IconBell },
    ],
  },
  {
    title: navigation.organisation,
    items: [
      {
        to: '/service-accounts',
        label: navigation.serviceAccounts,
        icon: IconRobot,
        permission: 'service_accounts.read',
      },
      { to: '/users', label: navigation.users, icon: IconUsers, permission: 'users.read' },
      { to: '/tenants', label: navigation.tenants, icon: IconBuilding, permission: 'tenants.read' },
      { to: '/roles', label: navigation.roles, icon: IconShield, permission: 'roles.read' },
      { to: '/permissions', label: navigation.permissions, icon: IconLicense },
    ],
  },
  {
    title: navigation.peopleAndSystems,
    items: [
      {
        to: '/identities',
        label: navigation.identities,
        icon: IconAddressBook,
        permission: 'identities.read',
      },
      {
        to: '/personnel-events',
        label: navigation.personnelEvents,
        icon: IconCalendarUser,
        permission: 'personnel_events.read',
      },
      {
        to: '/applications',
        label: navigation.applications,
        icon: IconApps,
        permission: 'applications.read',
      },
      {
        to: '/imports',
        label: navigation.imports,
        icon: IconTableImport,
        permission: 'imports.read',
      },
    ],
  },
  {
    title: navigation.system,
    items: [
      {
        to: '/system/tokens',
        label: navigation.systemTokens,
        icon: IconServerCog,
        permission: 'system_tokens.manage',
      },
      {
        to: '/system/token-limit-requests',
        label: navigation.limitRequests,
        icon: IconUserUp,
        permission: 'token_limits.approve',
      },
      {
        to: '/system/identity-providers',
        label: navigation.identityProviders,
        icon: IconUserShield,
        permission: 'settings.read',
      },
      {
        to: '/system/settings',
        label: navigation.settings,
        icon: IconAdjustments,
        permission: 'settings.read',
      },
      {
        to: '/webhooks',
        label: navigation.webhooks,
        icon: IconWebhook,
        permission: mayAnywhere,
      },
      { to: '/audit', label: navigation.audit, icon: IconListDetails, permission: 'audit.read' },
    ],
  },
]

const mayLook = (me: Me, { permission }: Item): boolean =>
  typeof permission === 'function'
    ? permission(me)
    : permission === undefined || holdsAnywhere(me, permission)

/** The menu: what the API says that this person may look at. */
export function Navigation({ me }: { me: Me }) {
  const { pathname } = useLocation()
  const shown = sections
    .map(({ title, items }) => ({
      title,
      items: items.filter((item) => mayLook(me, item)),
    }))
    .filter(({ items }) => items.length > 0)
  return (
    <ScrollArea type="auto" flex={1}>
      <Stack gap="md">
        {shown.map(({ title, items }) => (
          <div key={title}>
            <Text size="xs" fw={600} c="dimmed" px="sm" pb={4}>
              {title}
            </Text>
            {items.map(({ to, label, icon: Icon }) => {
              const isHere = pathname === to || pathname.startsWith(`${to}/`)
              return (
                <MenuLink
                  key={to}
                  component={Link}
                  to={to}
                  label={label}
                  active={isHere}
                  aria-current={isHere ? 'page' : undefined}
                  leftSection={<Icon size={18} aria-hidden />}
                />
              )
            })}
          </div>
        ))}
        <MenuLink
          component="a"
          href="/docs"
          label={navigation.docs}
          leftSection={<IconBook size={18} aria-hidden />}
        />
      </Stack>
    </ScrollArea>
  )
}
