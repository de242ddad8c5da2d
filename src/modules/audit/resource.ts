import { Type } from 'typebox'
import { Id, nullable, Timestamp } from '../../http/schemas.ts'

const State = Type.Unsafe<unknown>({ type: 'object', additionalProperties: true })

export const AuditEvent = Type.Object(
  {
    id: Id,
    at: Timestamp,
    actor_id: nullable(Id),
    actor_name: Type.String({ examples: ['Ada Lovelace'] }),
    credential_kind: nullable(Type.Enum(['session', 'personal_access_token'])),
    credential_id: nullable(Id),
    credential_name: nullable(Type.String({ examples: ['CI pipeline'] })),
    action: Type.String({ examples: ['token.created'] }),
    target_type: Type.String({ examples: ['token'] }),
    target_id: Type.String(),
    tenant_ids: Type.Array(Id, { description: 'The tenants that it touched, within your reach' }),
    before: nullable(State),
    after: nullable(State),
    correlation_id: nullable(Type.String({ examples: ['a1b2c3d4e5f67890abcdef1234567890'] })),
    ip: nullable(Type.String({ examples: ['192.0.2.7'] })),
  },
  { $id: 'AuditEvent' },
)
