import { Type } from 'typebox'
import { isAuthenticated } from '../../access/declaration.ts'
import { passwordMaxLength, refusedPasswords } from '../../access/password-policy.ts'
import type { Operation } from '../../operation.ts'

const PasswordPolicy = Type.Object({
  password_min_length: Type.Integer({ description: 'In characters', examples: [12] }),
  password_max_length: Type.Integer({ examples: [passwordMaxLength] }),
  password_composition_rules: Type.Array(Type.String(), {
    description: 'None: any characters, spaces and other scripts included',
    examples: [[]],
  }),
  password_refuses: Type.Array(Type.Enum([...refusedPasswords]), {
    description: 'What a password of the right length must not be made of, or nearly',
    examples: [[...refusedPasswords]],
  }),
})

/** What a new password must be like, for who is about to choose one. */
export const getPasswordPolicy: Operation = (app, { prisma }) => {
  app.get(
    '/me/password-policy',
    {
      config: { access: isAuthenticated },
      schema: {
        operationId: 'getPasswordPolicy',
        summary: 'See what a password must be like',
        tags: ['sign-in'],
        response: { 200: PasswordPolicy },
      },
    },
    async () => {
      const { password_min_length } = await prisma.settings.findUniqueOrThrow({ where: { id: 1 } })
      return {
        password_min_length,
        password_max_length: passwordMaxLength,
        password_composition_rules: [],
        password_refuses: [...refusedPasswords],
      }
    },
  )
}
