import { Type } from 'typebox'
import type { Prisma } from '../generated/prisma/client.ts'
import { pageFields, Query, sortField } from '../http/pagination.ts'
import { Id, nullable, ref, Timestamp } from '../http/schemas.ts'

export const ExternalIdentity = Type.Object(
  {
    id: Id,
    identity_provider: Type.Object({
      id: Id,
      name: Type.String({ examples: ['Contoso'] }),
      is_enabled: Type.Boolean({ examples: [true] }),
    }),
    issuer: Type.String({ examples: ['https://login.example.com'] }),
    subject: Type.String({ examples: ['248289761001'] }),
    email: nullable(
      Type.String({
        description: 'As the provider knew you when it was linked',
        examples: ['ada@example.com'],
      }),
    ),
    created_at: Timestamp,
    last_used_at: nullable(Timestamp),
  },
  { $id: 'ExternalIdentity' },
)

export const ExternalIdentityRef = ref(ExternalIdentity)

export const ExternalIdentityQuery = Query({
  ...pageFields,
  ...sortField(['created_at'], '-created_at'),
})

export const withProvider = {
  identity_provider: { select: { id: true, name: true, is_enabled: true } },
} satisfies Prisma.ExternalIdentityInclude
