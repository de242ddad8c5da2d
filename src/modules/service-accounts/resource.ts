import { Type } from 'typebox'
import type { Reach } from '../../access/reach.ts'
import { userFields, userOf, withTenants } from '../../accounts/resource.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import { Id, Line, nullable, ref, Text } from '../../http/schemas.ts'

export const AccountName = Line(100, ['Nightly import'])
export const AccountDescription = nullable(Text(500, ['Feeds the claims system']))
export const AccountablePeople = Type.Array(Id, {
  minItems: 1,
  maxItems: 20,
  uniqueItems: true,
  description: 'The people who answer for this account',
})

export const ServiceAccount = Type.Object(
  {
    ...userFields,
    description: nullable(Type.String({ examples: ['Feeds the claims system'] })),
    accountable_user_ids: Type.Array(Id),
    is_orphaned: Type.Boolean({
      description: 'None of the people who answer for it is active any more',
    }),
  },
  { $id: 'ServiceAccount' },
)

export const ServiceAccountRef = ref(ServiceAccount)

export function withPeople(reach: Reach) {
  return {
    ...withTenants(reach),
    accountable_people: {
      select: { user: { select: { id: true, status: true, deleted_at: true } } },
      orderBy: { created_at: 'asc' },
    },
  } satisfies Prisma.UserInclude
}

type Row = Prisma.UserGetPayload<{ include: ReturnType<typeof withPeople> }>

export function serviceAccountOf({ accountable_people, ...row }: Row, now: Date) {
  return {
    ...userOf(row, now),
    description: row.description,
    accountable_user_ids: accountable_people.map(({ user }) => user.id),
    is_orphaned: !accountable_people.some(
      ({ user }) => user.status === 'active' && user.deleted_at === null,
    ),
  }
}
