import { Type } from 'typebox'
import type { Prisma } from '../../generated/prisma/client.ts'
import { Id, nullable, ref, Timestamp } from '../../http/schemas.ts'

export const Grant = Type.Object(
  {
    id: Id,
    role_id: Id,
    role: Type.String({
      description: 'The name of the role',
      examples: ['read-only'],
    }),
    tenant_id: nullable(Id),
    created_at: Timestamp,
    created_by: nullable(Id),
  },
  { $id: 'Grant' },
)

export const GrantRef = ref(Grant)

export const withRole = {
  role: { select: { name: true } },
} satisfies Prisma.GrantInclude
type GrantRow = Prisma.GrantGetPayload<{ include: typeof withRole }>

export function grantOf({ role, ...row }: GrantRow) {
  return { ...row, role: role.name }
}
