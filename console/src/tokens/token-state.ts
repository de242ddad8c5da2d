import type { Token } from './types.ts'

export type TokenState = 'active' | 'expiring' | 'idle' | 'expired' | 'revoked'
export type Card = 'active' | 'expiring' | 'never' | 'idle'

export const cards: readonly Card[] = ['active', 'expiring', 'never', 'idle']

const dayMs = 86_400_000
const soonMs = 14 * dayMs
const idleMs = 90 * dayMs

/** Is the token one of those that a card counts? The server says which are active. */
export function isOn(card: Card, token: Token, now: number): boolean {
  if (token.status !== 'active') return false
  if (card === 'active') return true
  if (card === 'never') return token.expires_at === null
  if (card === 'expiring') {
    return token.expires_at !== null && Date.parse(token.expires_at) - now < soonMs
  }
  return now - Date.parse(token.last_used_at ?? token.created_at) > idleMs
}

/** The one thing to know of it first. */
export function stateOf(token: Token, now: number): TokenState {
  if (token.status !== 'active') return token.status
  if (isOn('expiring', token, now)) return 'expiring'
  return isOn('idle', token, now) ? 'idle' : 'active'
}
