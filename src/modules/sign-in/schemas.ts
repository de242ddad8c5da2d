import { Type } from 'typebox'
import { Email, PasswordText } from '../../http/schemas.ts'

export const Credentials = Type.Object(
  { email: Email, password: PasswordText },
  { additionalProperties: false },
)
