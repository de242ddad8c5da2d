import { type Static, Type } from 'typebox'
import type { Transaction } from '../audit/record-event.ts'
import { nullable } from '../http/schemas.ts'
import type { Tools } from '../operation.ts'
import { newChallenge } from './challenges.ts'
import { factorsOf } from './factors-of.ts'
import { PasskeyOptions } from './passkey-schemas.ts'
import { authenticationOptions } from './passkeys.ts'
import { relyingPartyOf } from './relying-party.ts'

export const Challenge = Type.String({
  minLength: 1,
  maxLength: 100,
  examples: ['Yc2kTnXf3m0m2pYw0xkq1uUuXo2mB9Yf0o2f3G8c1aE'],
})

export const SecondFactorDue = Type.Object(
  {
    second_factor_required: Type.Literal(true),
    methods: Type.Array(Type.Enum(['passkey', 'totp', 'recovery_code'])),
    challenge: Challenge,
    passkey_options: nullable(PasskeyOptions),
  },
  { description: 'The password is right, and a second factor is due: answer the challenge' },
)

/** What a person whose password is right has to show besides; null where it is nothing. */
export async function secondFactorDue(
  tx: Transaction,
  user_id: string,
  { randomBytes, publicUrl }: Pick<Tools, 'randomBytes' | 'publicUrl'>,
): Promise<Static<typeof SecondFactorDue> | null> {
  const { methods, passkeys } = await factorsOf(tx, user_id)
  if (methods.length === 0) return null
  const challenge = await newChallenge(tx, { purpose: 'second_factor', user_id }, { randomBytes })
  const passkey_options =
    passkeys.length === 0
      ? null
      : await authenticationOptions(relyingPartyOf(publicUrl), passkeys, challenge)
  return { second_factor_required: true, methods, challenge, passkey_options }
}
