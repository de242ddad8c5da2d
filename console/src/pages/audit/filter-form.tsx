import { Box, Button, Group, Paper, SimpleGrid } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconX } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { auditTexts as texts } from '../../texts/audit.ts'
import { ActionField } from './action-field.tsx'
import { ActorField } from './actor-field.tsx'
import type { AuditEvent } from './event.ts'
import { InstantField } from './instant-field.tsx'
import { TenantField } from './tenant-field.tsx'
import { TextFilter } from './text-filter.tsx'
import type { EventFilters } from './use-event-filters.ts'

type Props = {
  filters: EventFilters
  /** What is on the screen gives names to ids, and actions to choose from. */
  seen: readonly AuditEvent[]
  faults: Record<string, string>
}

/** On a narrow screen it opens at the press of a button: there the log itself comes first. */
export function FilterForm({ filters, seen, faults }: Props) {
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const count = Object.keys(filters.values).length
  return (
    <Paper withBorder p="md" component="section" aria-label={texts.filters}>
      <Group hiddenFrom="sm">
        <Button
          variant="default"
          fullWidth
          leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          {texts.showFilters(count)}
        </Button>
      </Group>
      <Box
        id={id}
        display={{ base: isOpen ? 'block' : 'none', sm: 'block' }}
        pt={{ base: 'sm', sm: 0 }}
      >
        <Fields filters={filters} seen={seen} faults={faults} />
        {count > 0 && (
          <Button
            mt="sm"
            size="compact-sm"
            variant="subtle"
            leftSection={<IconX size={14} aria-hidden />}
            onClick={filters.clear}
          >
            {texts.clear}
          </Button>
        )}
      </Box>
    </Paper>
  )
}

function Fields({ filters: { values, set }, seen, faults }: Props) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="sm">
      <TextFilter
        label={texts.correlation}
        placeholder={texts.anyCorrelation}
        value={values.correlation_id}
        error={faults['correlation_id']}
        read={correlationIn}
        set={(correlation_id) => set({ correlation_id })}
      />
      <ActorField
        value={values.actor_id}
        seen={seen}
        error={faults['actor_id']}
        set={(actor_id) => set({ actor_id })}
      />
      <ActionField value={values.action} seen={seen} set={(action) => set({ action })} />
      <TenantField
        value={values.tenant_id}
        error={faults['tenant_id']}
        set={(tenant_id) => set({ tenant_id })}
      />
      <InstantField
        label={texts.from}
        value={values.from}
        error={faults['from']}
        set={(from) => set({ from })}
      />
      <InstantField
        label={texts.to}
        value={values.to}
        error={faults['to']}
        set={(to) => set({ to })}
      />
      <TextFilter
        label={texts.target}
        placeholder={texts.anyTarget}
        value={values.target_id}
        error={faults['target_id']}
        set={(target_id) => set({ target_id })}
      />
    </SimpleGrid>
  )
}

/** The id out of whatever was pasted around it. */
function correlationIn(text: string): string {
  return (/[0-9a-f]{32}/i.exec(text)?.[0] ?? text).toLowerCase()
}
