import { useRef } from 'react'
import { newIdempotencyKey } from '../api/idempotency.ts'

/**
 * A key for what is sent: the same for the same, so that an answer that was lost can be asked for again;
 * another for something else, which the server would refuse under the old one.
 */
export function useSubmitKey(): (body: unknown) => { 'Idempotency-Key': string } {
  const last = useRef({ text: '', key: '' })
  return (body) => {
    const text = JSON.stringify(body)
    if (text !== last.current.text) last.current = { text, key: newIdempotencyKey() }
    return { 'Idempotency-Key': last.current.key }
  }
}
