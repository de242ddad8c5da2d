import { DataList, SimpleGrid } from '@mantine/core'
import { Fact } from '../../components/fact.tsx'
import { IdText } from '../../components/id-text.tsx'
import { ScopeEntry } from '../../components/scope-entry.tsx'
import { Time } from '../../components/time.tsx'
import { IdentityStatus } from '../../identities/identity-status.tsx'
import type { Identity } from '../../identities/types.ts'
import { identityTexts, identityDetailTexts as words } from '../../texts/identities.ts'
import { LinkedUser } from './linked-user.tsx'
import { Supervisor } from './supervisor.tsx'

const work = ['title', 'department', 'division', 'company', 'office'] as const

/** Who they are, and what they do. What isn't said of their work takes no line. */
export function Facts({ identity }: { identity: Identity }) {
  const { tenant_id, email, status, inactivated_at, created_at, supervisor_id, id } = identity
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" verticalSpacing="sm">
      <DataList labelWidth="9rem">
        <Fact label={identityTexts.status}>
          <IdentityStatus status={status} />
        </Fact>
        {inactivated_at !== null && (
          <Fact label={words.inactivated}>
            <Time at={inactivated_at} />
          </Fact>
        )}
        <Fact label={identityTexts.tenant}>
          <ScopeEntry entry={tenant_id} />
        </Fact>
        <Fact label={identityTexts.email}>
          {email === null ? identityTexts.unsaid : <bdi>{email}</bdi>}
        </Fact>
        <Fact label={identityTexts.user}>
          <LinkedUser identity={identity} />
        </Fact>
        <Fact label={words.created}>
          <Time at={created_at} />
        </Fact>
        <Fact label={words.id}>
          <IdText id={id} />
        </Fact>
      </DataList>
      <DataList labelWidth="9rem">
        <Fact label={words.type}>
          {(words.types as Record<string, string>)[identity.identity_type] ??
            identity.identity_type}
        </Fact>
        {work.map((name) => {
          const value = identity[name]
          return value === null ? null : (
            <Fact key={name} label={words[name]}>
              <bdi>{value}</bdi>
            </Fact>
          )
        })}
        {supervisor_id !== null && (
          <Fact label={words.supervisor}>
            <Supervisor id={supervisor_id} />
          </Fact>
        )}
      </DataList>
    </SimpleGrid>
  )
}
