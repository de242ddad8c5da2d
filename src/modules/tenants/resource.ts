import { Type } from 'typebox'
import { Id, Line, ref, Timestamp } from '../../http/schemas.ts'

export const Slug = Type.String({
  pattern: '^[a-z0-9](-?[a-z0-9]){0,62}$',
  maxLength: 63,
  'x-message': 'must be 1 to 63 lower-case letters, digits and single hyphens between them',
  examples: ['acme'],
})
export const TenantName = Line(100, ['Acme Insurance'])
export const TenantTypeSchema = Type.Enum(['test', 'production'])

export const Tenant = Type.Object(
  {
    id: Id,
    slug: Type.String({ examples: ['acme'] }),
    name: Type.String({ examples: ['Acme Insurance'] }),
    type: TenantTypeSchema,
    status: Type.Enum(['active', 'suspended', 'retired']),
    created_at: Timestamp,
  },
  { $id: 'Tenant' },
)

export const TenantRef = ref(Tenant)
