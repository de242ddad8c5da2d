/**
 * What the server asks of a person who is signed in: to show again that it is they, or to set up a second factor
 * first. Whatever was refused for it waits, and goes on afterwards.
 */

import type { components } from '../generated/api.d.ts'

type Envelope = components['schemas']['Error']
export type StepUpMethod = 'passkey' | 'totp' | 'password' | 'sso'

export type Asked = {
  /** By what they can show it; null: nobody is asked. */
  methods: readonly StepUpMethod[] | null
  mustEnrol: boolean
}

let asked: Asked = { methods: null, mustEnrol: false }
let waiting: ((isShown: boolean) => void)[] = []
const listeners = new Set<() => void>()

export const readAsked = (): Asked => asked

export function subscribeAsked(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function become(next: Partial<Asked>): void {
  asked = { ...asked, ...next }
  for (const listener of listeners) listener()
}

/** Was this answer a question for who is there, and have they shown it, so that the request is worth sending again? */
export async function isShownAfter(response: Response): Promise<boolean> {
  if (response.status !== 403) return false
  const { error, details }: Partial<Envelope> = await response.clone().json()
  const { methods } = details ?? {}
  if (methods === undefined) return false
  if (error === 'second_factor_required' && methods.length === 0) {
    if (!asked.mustEnrol) become({ mustEnrol: true })
    return false
  }
  return new Promise((resolve) => {
    waiting.push(resolve)
    if (asked.methods === null) become({ methods })
  })
}

/** They have shown it, or would rather not: whatever waits hears it. */
export function answerAsked(isShown: boolean): void {
  const all = waiting
  waiting = []
  become({ methods: null })
  for (const one of all) one(isShown)
}

/** A second factor is there now. */
export const enrolled = (): void => become({ mustEnrol: false })
