import { Misuse } from './command.ts'

/** What was given as this option. */
export function instantOf(name: string, text: string): Date {
  const at = new Date(text)
  if (!Number.isNaN(at.getTime())) return at
  throw new Misuse(`--${name} is no instant, such as 2026-01-31T00:00:00Z`)
}
