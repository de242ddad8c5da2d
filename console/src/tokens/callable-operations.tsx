import { Badge, Code, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { ScopeEntry } from '../components/scope-entry.tsx'
import { formTexts } from '../texts/token-form.ts'
import type { Callable, Place } from './callable.ts'
import classes from './callable-operations.module.css'
import { Listed } from './listed.tsx'

/** Beside the form: what a token like this could call, place by place. */
export function CallableOperations({ callable }: { callable: Callable }) {
  const { places, count, idle } = callable
  return (
    <Paper
      withBorder
      p="md"
      component="section"
      aria-labelledby="callable"
      className={classes['panel'] ?? ''}
    >
      <Group justify="space-between" align="baseline">
        <Title order={2} size="h5" id="callable">
          {formTexts.callable}
        </Title>
        <Text size="sm" fw={600} role="status">
          {formTexts.count(count)}
        </Text>
      </Group>
      <Stack
        gap="md"
        mt="sm"
        className={classes['places'] ?? ''}
        tabIndex={0}
        role="group"
        aria-labelledby="callable"
      >
        {places.length === 0 && <Text size="sm">{formTexts.nothingYet}</Text>}
        {places.map((place) => (
          <PlaceOperations key={String(place.entries[0])} {...place} />
        ))}
        {idle.length > 0 && places.length > 0 && (
          <Text size="sm">
            {formTexts.idle} <Names names={idle} />
          </Text>
        )}
        <Text size="sm" c="dimmed">
          {formTexts.always}
        </Text>
      </Stack>
    </Paper>
  )
}

function PlaceOperations({ entries, permissions, operations }: Place) {
  const elsewhere = permissions.filter(
    (name) => !operations.some(({ permission }) => permission === name),
  )
  return (
    <Stack gap={6}>
      <Group justify="space-between" wrap="nowrap" align="baseline">
        <Text size="sm" fw={600}>
          <Listed items={entries} show={(entry) => <ScopeEntry entry={entry} />} />
        </Text>
        <Text size="xs" style={{ whiteSpace: 'nowrap' }}>
          {entries.length > 1
            ? formTexts.inEach(operations.length)
            : formTexts.count(operations.length)}
        </Text>
      </Group>
      <Stack component="ul" gap={2} m={0} p={0} style={{ listStyle: 'none' }}>
        {operations.map(({ method, path, summary }) => (
          <li key={method + path} className={classes['operation'] ?? ''}>
            <Badge size="xs" variant="default" radius="sm" ff="monospace" w={54}>
              {method}
            </Badge>
            <Text span size="sm" title={path}>
              {summary}
            </Text>
          </li>
        ))}
      </Stack>
      {elsewhere.length > 0 && (
        <Text size="sm">
          {formTexts.elsewhere} <Names names={elsewhere} />
        </Text>
      )}
    </Stack>
  )
}

function Names({ names }: { names: readonly string[] }) {
  return <Listed items={names} show={(name) => <Code>{name}</Code>} />
}
