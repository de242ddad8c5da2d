import { Type } from 'typebox'
import type { Session as Row } from '../generated/prisma/client.ts'
import { pageFields, Query, sortField } from '../http/pagination.ts'
import { Id, nullable, ref, Timestamp } from '../http/schemas.ts'
import { type AuthMethod, authMethods } from './auth-methods.ts'
import { deviceOf } from './device.ts'
import type { PlaceOf } from './places.ts'

const Place = Type.String({
  description:
    'Where that address is said to be; null where the operator has set no `GEOIP_DATABASE`',
  examples: ['Boxford, United Kingdom'],
})

export const Session = Type.Object(
  {
    id: Id,
    created_at: Timestamp,
    last_used_at: { ...Timestamp, description: 'The sign-in, or the last refresh' },
    idle_expires_at: { ...Timestamp, description: 'When it ends unless it is refreshed before' },
    expires_at: { ...Timestamp, description: 'When it ends, refreshed or not' },
    auth_methods: Type.Array(Type.Enum([...authMethods]), {
      description: 'How the person was shown to be who they say',
      examples: [['password', 'totp']],
    }),
    authenticated_at: nullable({
      ...Timestamp,
      description:
        'When that was, the last time; null where an identity provider did not say, which is not fresh',
    }),
    identity_provider_id: nullable({
      ...Id,
      description: 'Who vouched for the person, with `sso`',
    }),
    ip: nullable(Type.String({ description: 'At the sign-in', examples: ['192.0.2.7'] })),
    place: nullable(Place),
    last_used_ip: nullable(
      Type.String({ description: 'At the sign-in, or the last refresh', examples: ['192.0.2.7'] }),
    ),
    last_used_place: nullable(Place),
    device: nullable(
      Type.String({
        description:
          'What the browser says of itself, in short; null where that says nothing known',
        examples: ['Firefox on Linux'],
      }),
    ),
    user_agent: nullable(Type.String({ examples: ['Mozilla/5.0 (X11; Linux x86_64)'] })),
    is_current: Type.Boolean({ description: 'The session of this call' }),
  },
  { $id: 'Session' },
)

export const SessionRef = ref(Session)

export const SessionQuery = Query({
  ...pageFields,
  ...sortField(['created_at', 'last_used_at', 'expires_at'], '-last_used_at'),
})

export const SessionsEnded = Type.Object({
  sessions_ended: Type.Integer({ description: 'How many were in force', examples: [2] }),
})

/** The row on the wire, for who calls with the credential `currentId`. */
export function sessionOf(row: Row, currentId: string, placeOf: PlaceOf) {
  return {
    ...row,
    place: placeOf(row.ip),
    last_used_place: placeOf(row.last_used_ip),
    auth_methods: row.auth_methods as AuthMethod[],
    device: deviceOf(row.user_agent),
    is_current: row.id === currentId,
  }
}
