import { Badge, Code, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconPlayerPause } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ScopeEntries, ScopeEntry } from '../components/scope-entry.tsx'
import { tokenTexts } from '../texts/tokens.ts'
import { type PlaceRights, rightsByPlace } from './rights-by-place.ts'
import type { TokenDetail } from './types.ts'

/** What the token stores beside what of it is in force, place by place, as the API says. */
export function TokenRights({ token }: { token: TokenDetail }) {
  const isLive = token.status === 'active'
  return (
    <Stack component="section" gap="sm">
      <div>
        <Title order={2} size="h4">
          {tokenTexts.rights}
        </Title>
        <Text c="dimmed" maw={720}>
          {isLive ? tokenTexts.rightsAbout : tokenTexts.endedRights}
        </Text>
      </div>
      {isLive ? (
        rightsByPlace(token).map((rights) => <Rights key={rights.place} {...rights} />)
      ) : (
        <StoredOnly token={token} />
      )}
    </Stack>
  )
}

function Rights({ place, stored, resting }: PlaceRights) {
  const inForce = stored.length - resting.size
  return (
    <Paper withBorder p="lg">
      <Group justify="space-between" mb="sm">
        <Title order={3} size="h5">
          <ScopeEntry entry={place} />
        </Title>
        <Badge
          variant="light"
          color={resting.size > 0 ? 'orange' : 'green'}
          c="var(--mantine-color-text)"
          tt="none"
        >
          {tokenTexts.inForce(inForce, stored.length)}
        </Badge>
      </Group>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Names title={tokenTexts.stored}>
          {stored.map((name) => (
            <li key={name}>
              <Code>{name}</Code>
            </li>
          ))}
        </Names>
        <Names title={tokenTexts.effective}>
          {stored.map((name) => (
            <li key={name}>
              <InForce name={name} leg={resting.get(name)} />
            </li>
          ))}
        </Names>
      </SimpleGrid>
    </Paper>
  )
}

function InForce({ name, leg }: { name: string; leg: keyof typeof tokenTexts.legs | undefined }) {
  if (!leg) return <Code>{name}</Code>
  return (
    <Group gap={6} align="baseline">
      <IconPlayerPause size={14} aria-hidden style={{ alignSelf: 'center' }} />
      <del>
        <Code>{name}</Code>
      </del>
      <Text span size="sm">
        {tokenTexts.resting} {tokenTexts.legs[leg]}
      </Text>
    </Group>
  )
}

function Names({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <Text size="sm" c="dimmed" mb={4}>
        {title}
      </Text>
      <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: 'none' }} aria-label={title}>
        {children}
      </Stack>
    </div>
  )
}

function StoredOnly({ token: { permissions, tenants } }: { token: TokenDetail }) {
  return (
    <Paper withBorder p="lg">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Names title={tokenTexts.storedPermissions}>
          {permissions.map((name) => (
            <li key={name}>
              <Code>{name}</Code>
            </li>
          ))}
        </Names>
        <div>
          <Text size="sm" c="dimmed" mb={4}>
            {tokenTexts.storedTenants}
          </Text>
          {tenants.length > 0 ? <ScopeEntries entries={tenants} /> : tokenTexts.noTenants}
        </div>
      </SimpleGrid>
    </Paper>
  )
}
