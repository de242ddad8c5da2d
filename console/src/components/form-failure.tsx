import { failureOf } from '../api/errors.ts'
import { FailureAlert } from './failure.tsx'

/** What went wrong with a form, unless all of it stands beside the fields that it is about. */
export function FormFailure({ error, fields }: { error: unknown; fields: readonly string[] }) {
  if (error === null || error === undefined) return null
  const named = Object.keys(failureOf(error).fields)
  const isAllBeside = named.length > 0 && named.every((field) => fields.includes(field))
  return isAllBeside ? null : <FailureAlert error={error} />
}
