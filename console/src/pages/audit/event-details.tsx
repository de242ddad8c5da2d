import {
  ActionIcon,
  Code,
  CopyButton,
  Group,
  SimpleGrid,
  Stack,
  Text,
  Tooltip,
} from '@mantine/core'
import { IconCheck, IconCopy, IconFilter } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ScopeEntries } from '../../components/scope-entry.tsx'
import { exactly } from '../../components/time.tsx'
import { auditTexts as texts } from '../../texts/audit.ts'
import { texts as common } from '../../texts/common.ts'
import { Changes } from './changes.tsx'
import type { AuditEvent } from './event.ts'
import type { EventFilters } from './use-event-filters.ts'

type Props = { event: AuditEvent; filters: EventFilters }

/** All that is known of one event; what it is found by narrows the log to its like. */
export function EventDetails({ event, filters: { set } }: Props) {
  const { actor_id, action, target_id, tenant_ids, correlation_id, ip } = event
  return (
    <Stack gap="md">
      <SimpleGrid component="dl" cols={{ base: 1, sm: 2, lg: 4 }} spacing="md" m={0}>
        <Fact title={texts.facts.at}>{exactly(event.at)}</Fact>
        <Fact
          title={texts.facts.actor}
          {...(actor_id && { only: () => set({ actor_id }) })}
          more={actor_id}
        >
          <bdi>{event.actor_name}</bdi>
        </Fact>
        <Fact title={texts.facts.credential} more={event.credential_id}>
          <Credential event={event} />
        </Fact>
        <Fact title={texts.facts.ip}>{ip ?? texts.installation}</Fact>
        <Fact title={texts.facts.action} only={() => set({ action })}>
          <Code>{action}</Code>
        </Fact>
        <Fact title={texts.facts.target} only={() => set({ target_id })} more={target_id}>
          {event.target_type.replaceAll('_', ' ')}
        </Fact>
        <Fact title={texts.facts.tenants}>
          {tenant_ids.length === 0 ? texts.noTenant : <ScopeEntries entries={tenant_ids} />}
        </Fact>
        <Fact
          title={texts.facts.correlation}
          {...(correlation_id && { only: () => set({ correlation_id }) })}
        >
          {correlation_id ? <Correlation id={correlation_id} /> : common.none}
        </Fact>
      </SimpleGrid>
      <Changes before={event.before} after={event.after} />
    </Stack>
  )
}

type FactProps = { title: string; children: ReactNode; more?: string | null; only?: () => void }

function Fact({ title, children, more, only }: FactProps) {
  return (
    <div>
      <Text component="dt" size="xs" c="dimmed">
        {title}
      </Text>
      <Text component="dd" size="sm" m={0}>
        <Group gap={4} component="span" display="inline-flex">
          {children}
          {only && (
            <Tooltip label={texts.onlyThis(title)}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={texts.onlyThis(title)}
                onClick={only}
              >
                <IconFilter size={14} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
        {more && (
          <Text size="xs" c="dimmed" ff="monospace">
            {more}
          </Text>
        )}
      </Text>
    </div>
  )
}

function Credential({ event: { credential_kind, credential_name } }: { event: AuditEvent }) {
  if (credential_kind === null) return texts.noCredential
  return (
    <span>
      {texts.credentials[credential_kind]} {credential_name && <bdi>“{credential_name}”</bdi>}
    </span>
  )
}

function Correlation({ id }: { id: string }) {
  return (
    <>
      <Code>{id}</Code>
      <CopyButton value={id} timeout={3000}>
        {({ copied, copy }) => (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={copied ? common.copied : texts.copyCorrelation}
            onClick={copy}
          >
            {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          </ActionIcon>
        )}
      </CopyButton>
    </>
  )
}
