import { Type } from 'typebox'

export const noticeFields = {
  token_expiry: Type.Boolean({
    description:
      'A mail a day, at most, about tokens that expire in 30, 7 or 1 days, or have expired',
    examples: [true],
  }),
}

/** What may be turned off. What is of security (sign-ins, passwords, new and blocked tokens) may not. */
export const Notices = Type.Object(noticeFields, { $id: 'Notices' })
