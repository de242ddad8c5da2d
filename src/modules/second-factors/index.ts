import type { Module } from '../../operation.ts'
import { confirmTotp } from './confirm-totp.ts'
import { createPasskey } from './create-passkey.ts'
import { deletePasskey } from './delete-passkey.ts'
import { deleteTotp } from './delete-totp.ts'
import { enrolTotp } from './enrol-totp.ts'
import { getNewPasskeyOptions } from './get-new-passkey-options.ts'
import { getOwnSecondFactors } from './get-own-second-factors.ts'
import { renamePasskey } from './rename-passkey.ts'
import { renewRecoveryCodes } from './renew-recovery-codes.ts'
import { Passkey } from './resource.ts'

export const secondFactors: Module = {
  schemas: [Passkey],
  operations: [
    getOwnSecondFactors,
    enrolTotp,
    confirmTotp,
    deleteTotp,
    renewRecoveryCodes,
    getNewPasskeyOptions,
    createPasskey,
    renamePasskey,
    deletePasskey,
  ],
}
