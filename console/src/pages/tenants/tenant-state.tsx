import { Badge } from '@mantine/core'
import { StateBadge, type Tone } from '../../components/state-badge.tsx'
import type { components } from '../../generated/api.d.ts'
import { tenantTexts } from '../../texts/tenants.ts'

export type Tenant = components['schemas']['Tenant']

const tones: Record<Tenant['status'], Tone> = {
  active: 'good',
  suspended: 'bad',
  retired: 'stopped',
}

export function TenantStatus({ tenant: { status } }: { tenant: Tenant }) {
  return <StateBadge tone={tones[status]}>{tenantTexts.statuses[status]}</StateBadge>
}

export function TenantType({ tenant: { type } }: { tenant: Tenant }) {
  return (
    <Badge variant="default" tt="none" fw={500}>
      {tenantTexts.types[type]}
    </Badge>
  )
}
