import { formTexts } from '../texts/token-form.ts'
import type { Draft } from './draft.ts'
import { instantOf } from './expiry.ts'

/** What has to be there before there is anything to put in words. Whether it is right the server says. */
export function missingIn({ name, permissions, expiry }: Draft): Record<string, string> {
  return {
    ...(name.trim() === '' && { name: formTexts.nameMissing }),
    ...(permissions.length === 0 && { permissions: formTexts.permissionsMissing }),
    ...(instantOf(expiry, 0) === undefined && { expiry: formTexts.dateMissing }),
    ...(expiry.kind === 'never' && !expiry.isAccepted && { expiry: formTexts.neverMissing }),
  }
}
