import { Alert, Code, List } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { formTexts } from '../texts/token-form.ts'

export type LeftOut = {
  permissions: readonly string[]
  tenants: readonly string[]
  days: string | null
}

export const nothingLeftOut: LeftOut = { permissions: [], tenants: [], days: null }

/** What of a proposal could not be filled in, and why. */
export function LeftOutReport({ permissions, tenants, days }: LeftOut) {
  if (permissions.length + tenants.length === 0 && days === null) return null
  return (
    <Alert
      role="status"
      color="yellow"
      variant="light"
      icon={<IconInfoCircle aria-hidden />}
      title={formTexts.leftOut}
    >
      <List size="sm">
        {permissions.map((name) => (
          <List.Item key={name}>
            <Code>{name}</Code> {formTexts.leftOutPermission}
          </List.Item>
        ))}
        {tenants.map((entry) => (
          <List.Item key={entry}>
            <Code>{entry}</Code> {formTexts.leftOutTenant}
          </List.Item>
        ))}
        {days !== null && <List.Item>{formTexts.leftOutDays(days)}</List.Item>}
      </List>
    </Alert>
  )
}
