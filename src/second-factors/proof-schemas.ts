import { Type } from 'typebox'
import { AuthenticationResponse } from './passkey-schemas.ts'
import { recoveryCodePattern } from './recovery-codes.ts'

export const TotpCode = Type.String({
  pattern: '^[0-9]{6}$',
  'x-message': 'must be 6 digits',
  examples: ['492039'],
})

export const proofFields = {
  code: Type.Optional(TotpCode),
  recovery_code: Type.Optional(
    Type.String({
      pattern: recoveryCodePattern,
      maxLength: 60,
      'x-message': 'must be four groups of six letters and digits',
      examples: ['9k2f7q-x0c3vb-m4h8tn-2zr5wj'],
    }),
  ),
  passkey: Type.Optional(AuthenticationResponse),
}
