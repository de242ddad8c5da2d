import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useAllowed } from '../access/use-allowed.ts'

type Props = { permission: string; tenant_id: string; children: ReactNode }

/** A list shows only what one may see: empty it would say that there is nothing, to who may not look in this tenant. */
export function WhereAllowed({ permission, tenant_id, children }: Props) {
  const { isAllowed, reason } = useAllowed(permission, tenant_id)
  if (isAllowed) return children
  return reason === null ? null : <Text size="sm">{reason}</Text>
}
