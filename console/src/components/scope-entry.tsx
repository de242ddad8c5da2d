import { Badge, Group } from '@mantine/core'
import { useTenantName } from '../access/tenant-names.ts'
import { texts } from '../texts/common.ts'

/** The words of a tenant scope, as people say them. */
export const wordNames: Record<string, string> = {
  any: texts.everyTenant,
  'type:test': texts.everyTestTenant,
  'type:production': texts.everyProductionTenant,
}

/** An entry of a tenant scope, as people say it; null: the platform. */
export function ScopeEntry({ entry }: { entry: string | null }) {
  const name = useTenantName(entry)
  return <bdi>{scopeEntryText(entry, name)}</bdi>
}

/** As text, where the name of the tenant is known. */
export function scopeEntryText(entry: string | null, name: string): string {
  return entry === null ? texts.platform : (wordNames[entry] ?? name)
}

export function ScopeEntries({ entries }: { entries: readonly string[] }) {
  return (
    <Group gap={6}>
      {entries.map((entry) => (
        <Badge key={entry} variant="default" tt="none" fw={500} maw={260}>
          <ScopeEntry entry={entry} />
        </Badge>
      ))}
    </Group>
  )
}
