import { useRef } from 'react'

/**
 * A key for what is sent: the same for the same, so that it creates once, sent twice by a double click or after
 * a lost answer; another for something else, which the server would refuse under the old one.
 */
export function useSubmitKey(): (body: unknown) => { 'Idempotency-Key': string } {
  const last = useRef({ text: '', key: '' })
  return (body) => {
    const text = JSON.stringify(body)
    if (text !== last.current.text) last.current = { text, key: newIdempotencyKey() }
    return { 'Idempotency-Key': last.current.key }
  }
}

function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
