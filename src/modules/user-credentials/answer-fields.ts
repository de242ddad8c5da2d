import { Type } from 'typebox'

export const count = (description: string) => Type.Integer({ description, examples: [1] })

export const HasWayIn = Type.Boolean({
  description:
    'Is there anything by which this person can sign in? If not, a new invitation lets them set a password',
  examples: [true],
})
