import { Type } from 'typebox'
import { permissionPattern } from '../../access/permissions.ts'
import { Id, Line, ref, Text, Timestamp } from '../../http/schemas.ts'

export const RoleName = Line(100, ['claims-clerk'])
export const RoleDescription = Text(500, ['Handles claims'])
export const RolePermissions = Type.Array(
  Type.String({
    pattern: permissionPattern,
    'x-message': 'must be a permission, or one of the wildcards resource.* and *.*',
    examples: ['users.*'],
  }),
  { minItems: 1, maxItems: 1000, uniqueItems: true },
)

export const Role = Type.Object(
  {
    id: Id,
    name: Type.String({ examples: ['claims-clerk'] }),
    description: Type.String({ examples: ['Handles claims'] }),
    permissions: Type.Array(Type.String({ examples: ['policies.*'] })),
    built_in: Type.Boolean(),
    version: Type.Integer({ examples: [1] }),
    created_at: Timestamp,
  },
  { $id: 'Role' },
)

export const RoleRef = ref(Role)
