import { Anchor, Badge, Box, Button, Code, Group, ScrollArea, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { components } from '../generated/api.d.ts'
import { impactTexts } from '../texts/impact.ts'
import classes from './impact-list.module.css'
import { PersonName } from './person-name.tsx'
import { ScopeEntry } from './scope-entry.tsx'

export type Impact = components['schemas']['Impact']
type LosingToken = Impact['tokens'][number]

/** Each owner whose name is shown is asked for: so many at a time. */
const stepOf = 25
const permissionsAtFirst = 6

/** Which tokens lose which permissions in which tenants. */
export function ImpactList({ impact: { total, tokens } }: { impact: Impact }) {
  const [shown, setShown] = useState(stepOf)
  const behind = Math.min(stepOf, tokens.length - shown)
  return (
    <Stack gap="xs">
      <ScrollArea.Autosize
        mah="min(22rem, 45dvh)"
        type="auto"
        viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': impactTexts.list }}
      >
        <ul className={classes['list']}>
          {tokens.slice(0, shown).map((token) => (
            <Losing key={token.id} token={token} />
          ))}
        </ul>
        {behind > 0 && (
          <Button variant="subtle" size="compact-sm" onClick={() => setShown(shown + stepOf)}>
            {impactTexts.more(behind)}
          </Button>
        )}
      </ScrollArea.Autosize>
      {total > tokens.length && (
        <Text size="sm">{impactTexts.notListed(tokens.length, total)}</Text>
      )}
    </Stack>
  )
}

function Losing({ token: { name, hint, owner_id, loses } }: { token: LosingToken }) {
  return (
    <li>
      <Group gap="xs" wrap="nowrap">
        <Text fw={600} lineClamp={2} title={name}>
          <bdi>{name}</bdi>
        </Text>
        <Code aria-label={impactTexts.endsWith(hint)}>…{hint}</Code>
      </Group>
      <Text size="sm">
        {impactTexts.of} <PersonName id={owner_id} />
      </Text>
      {byPlace(loses).map(([place, permissions]) => (
        <Lost key={place ?? ''} place={place} permissions={permissions} />
      ))}
    </li>
  )
}

type Place = LosingToken['loses'][number]['tenant_id']

function Lost({ place, permissions }: { place: Place; permissions: readonly string[] }) {
  const [isOpen, setOpen] = useState(false)
  const isLong = permissions.length > permissionsAtFirst + 1
  const shown = isLong && !isOpen ? permissions.slice(0, permissionsAtFirst) : permissions
  return (
    <Box mt={6}>
      <Badge variant="default" tt="none" fw={500} maw="100%">
        <ScopeEntry entry={place} />
      </Badge>
      <Text size="sm" component="div" mt={2}>
        {shown.map((permission) => (
          <Code key={permission} className={classes['permission'] ?? ''}>
            {permission}
          </Code>
        ))}
        {isLong && (
          <Anchor component="button" type="button" size="sm" onClick={() => setOpen(!isOpen)}>
            {isOpen ? impactTexts.fewer : impactTexts.and(permissions.length - shown.length)}
          </Anchor>
        )}
      </Text>
    </Box>
  )
}

function byPlace(loses: LosingToken['loses']): [Place, string[]][] {
  const places = new Map<Place, string[]>()
  for (const { tenant_id, permission } of loses) {
    const permissions = places.get(tenant_id) ?? []
    places.set(tenant_id, [...permissions, permission])
  }
  return [...places]
}
