import { Type } from 'typebox'
import { Id, Line, nullable, ref, Timestamp } from '../../http/schemas.ts'

export const PasskeyName = Line(100, ['Work laptop'])

export const Passkey = Type.Object(
  {
    id: Id,
    name: PasskeyName,
    is_backed_up: Type.Boolean({ description: 'Is there a copy of it beyond the device?' }),
    created_at: Timestamp,
    last_used_at: nullable(Timestamp),
  },
  { $id: 'Passkey' },
)

export const PasskeyRef = ref(Passkey)
