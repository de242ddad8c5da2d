import { Type } from 'typebox'
import { usersOfIdentities } from '../../db/users-of-identities.ts'
import type { Identity as Row } from '../../generated/prisma/client.ts'
import { Id, nullable, ref, Timestamp } from '../../http/schemas.ts'
import type { Tools } from '../../operation.ts'

const text = (example: string) => nullable(Type.String({ examples: [example] }))

export const IdentityStatus = Type.Enum(['active', 'disabled', 'removed'])

export const Identity = Type.Object(
  {
    id: Id,
    kind: Type.Literal('Identity'),
    tenant_id: Id,
    user_id: nullable({
      ...Id,
      description: 'The user with this e-mail address, if the tenant is in their tenant scope',
    }),
    first_name: Type.String({ examples: ['Ada'] }),
    last_name: Type.String({ examples: ['Lovelace'] }),
    email: text('ada@example.com'),
    title: text('Analyst'),
    company: text('Acme Insurance'),
    division: text('Claims'),
    department: text('Reserving'),
    office: text('London'),
    supervisor_id: nullable(Id),
    identity_type: Type.String({ examples: ['employee'] }),
    status: IdentityStatus,
    created_at: Timestamp,
    inactivated_at: nullable(Timestamp),
  },
  { $id: 'Identity' },
)

export const IdentityRef = ref(Identity)

/** With the users that they are. */
export async function identitiesOf(prisma: Tools['prisma'], rows: readonly Row[]) {
  const users = await usersOfIdentities(
    prisma,
    rows.flatMap(({ id, email }) => (email === null ? [] : [id])),
  )
  return rows.map((row) => ({
    ...row,
    kind: 'Identity' as const,
    user_id: users.get(row.id) ?? null,
  }))
}
