import { Type } from 'typebox'
import { Email, Id, Line, Text } from '../../http/schemas.ts'
import { FullDate } from './resource.ts'

/** What every report says. */
export const commonFields = {
  effective_date: FullDate,
  comment: Type.Optional(Text(2000, ['Joins the claims team'])),
}

export const EndDate = Type.Optional(FullDate)

const roleIds = { maxItems: 50, uniqueItems: true }

export const RoleIds = Type.Array(Id, roleIds)

export const RemovedRoleIds = Type.Array(Id, {
  ...roleIds,
  examples: [['0193b4b2-6d3e-7c51-9f0a-2f4de1a77c12']],
})

export const IdentityFields = Type.Object(
  {
    first_name: Line(100, ['Grace']),
    last_name: Line(100, ['Hopper']),
    email: Type.Optional(Email),
    title: Type.Optional(Line(256, ['Rear Admiral'])),
    company: Type.Optional(Line(256, ['Acme'])),
    division: Type.Optional(Line(256, ['Insurance'])),
    department: Type.Optional(Line(128, ['Claims'])),
    office: Type.Optional(Line(256, ['Arlington'])),
    supervisor_id: Type.Optional(Id),
    identity_type: Type.Optional(
      Type.String({
        pattern: '^[a-z][a-z0-9_]{0,49}$',
        maxLength: 50,
        'x-message': 'must be a word such as employee or vendor',
        examples: ['employee'],
      }),
    ),
  },
  { additionalProperties: false },
)
