import { useState } from 'react'

/** One key for as long as a form is open: sent twice, by a double click or after a lost answer, it creates once. */
export function useIdempotencyKey(): { 'Idempotency-Key': string } {
  const [key] = useState(newIdempotencyKey)
  return { 'Idempotency-Key': key }
}

export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
