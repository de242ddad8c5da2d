import { Type } from 'typebox'
import { permissionName } from '../../access/permissions.ts'
import { ref, Timestamp } from '../../http/schemas.ts'

export const PermissionName = Type.String({
  pattern: permissionName,
  maxLength: 101,
  'x-message': 'must be resource.action in lower-case letters, digits and underscores',
  examples: ['policies.quote'],
})
export const Scope = Type.Enum(['tenant', 'platform'])

export const Permission = Type.Object(
  {
    name: PermissionName,
    scope: Scope,
    description: Type.String({ examples: ['Quote a policy'] }),
    built_in: Type.Boolean(),
    created_at: Timestamp,
  },
  { $id: 'Permission' },
)

export const PermissionRef = ref(Permission)
