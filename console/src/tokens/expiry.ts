import type { LifetimePolicy, NewToken } from './types.ts'

export type Expiry =
  | { kind: 'days'; days: number }
  /** As `<input type="datetime-local">` writes it: without a zone, in that of the browser. */
  | { kind: 'at'; local: string }
  | { kind: 'never'; isAccepted: boolean }

const dayMs = 86_400_000
const usualDays = [7, 30, 60, 90, 365]

/** The usual lifetimes, as far as the platform allows them, with its own among them. */
export function dayChoices(policy: LifetimePolicy): number[] {
  const latest = policy.max_token_lifetime_days ?? 365
  const own = [defaultDays(policy), Math.min(latest, 365)]
  return [...new Set([...usualDays, ...own])].filter((days) => days <= latest).sort((a, b) => a - b)
}

export function defaultDays(policy: LifetimePolicy): number {
  return Math.min(policy.default_token_lifetime_days, policy.max_token_lifetime_days ?? 365)
}

/** Null: never. Undefined: it hasn't been said yet. */
export function instantOf(expiry: Expiry, now: number): Date | null | undefined {
  if (expiry.kind === 'never') return null
  if (expiry.kind === 'days') return new Date(now + expiry.days * dayMs)
  const instant = new Date(expiry.local)
  return Number.isNaN(instant.getTime()) ? undefined : instant
}

export function expiryFields(expiry: Expiry): Pick<NewToken, 'expires_in_days' | 'expires_at'> {
  if (expiry.kind === 'days') return { expires_in_days: expiry.days }
  return { expires_at: instantOf(expiry, 0)?.toISOString() ?? null }
}

/** For `<input type="datetime-local">`, in the zone of the browser. */
export function localOf(instant: number): string {
  const shifted = instant - new Date(instant).getTimezoneOffset() * 60_000
  return new Date(shifted).toISOString().slice(0, 16)
}

/** The last instant that the platform allows; null: it sets none. */
export function latestInstant(policy: LifetimePolicy, now: number): number | null {
  const days = policy.max_token_lifetime_days
  return days === null ? null : now + days * dayMs
}

/** “22 Dec 2026” */
export const dayInWords = (instant: Date | string): string => day.format(new Date(instant))

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' })

const inWords = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
})

/** “22 December 2026, 10:00 CET” */
export const instantInWords = (instant: Date | string): string =>
  inWords.format(new Date(instant)).replace(' at ', ', ')
