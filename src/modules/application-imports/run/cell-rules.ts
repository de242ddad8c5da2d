import { fullFormats } from 'ajv-formats/dist/formats.js'

export const columns = ['account', 'email', 'privilege'] as const
export type Column = (typeof columns)[number]

const cellMax = 255
const emailMax = 254

/** Most cells are this, and need no closer look: printable ASCII that begins and ends with something visible. */
const plain = /^[!-*,./0-<>?A-~](?:[ -~]*[!-~])?$/
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u
/** What a spreadsheet would take for a formula, and run, when somebody opens an export of ours. */
const formula = /^[=+\-@\t\r]/
const formulaFault = 'must not begin with =, +, -, @ or a tab, as a formula does'

/** What is wrong with an account or a privilege; null if nothing is. */
export function faultOfText(text: string): string | null {
  if (text.length <= cellMax && plain.test(text)) return null
  if (formula.test(text)) return formulaFault
  if (unprintable.test(text)) return 'must be on one line, without control characters'
  if (text.trim() !== text) return 'must not begin or end with a space'
  if (text.length > cellMax) return `must be at most ${cellMax} characters`
  return null
}

export const faultOfAccount = (account: string): string | null =>
  account === '' ? 'must not be empty' : faultOfText(account)

const emailForm = fullFormats.email as RegExp

export function faultOfEmail(email: string): string | null {
  if (formula.test(email)) return formulaFault
  if (email === '' || (email.length <= emailMax && emailForm.test(email))) return null
  return 'must be an e-mail address, or empty'
}
