import { Type } from 'typebox'
import { Email, PasswordText } from '../../http/schemas.ts'

export const Credentials = Type.Object(
  { email: Email, password: PasswordText },
  { additionalProperties: false },
)

export const AccessTokenAnswer = Type.Object(
  {
    access_token: Type.String({
      examples: ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIuLi4ifQ.c2ln'],
    }),
    token_type: Type.Literal('Bearer'),
    expires_in: Type.Integer({ description: 'Seconds', examples: [900] }),
  },
  { description: 'Also sets the refresh cookie' },
)
