import type { FastifyContextConfig } from 'fastify'
import type { ErrorCode } from './errors.ts'

/** The codes of a 403. */
export type Refusal = Extract<
  ErrorCode,
  'forbidden' | 'reauthentication_required' | 'second_factor_required'
>

const texts: Record<Refusal, string> = {
  forbidden: 'The credential may not do this',
  reauthentication_required: 'Who signed in has to show again who they are',
  second_factor_required: 'Who signed in has to show or enrol a second factor first',
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Codes of a 403 that the operation answers by itself, beside what follows from who may call it. */
    refuses?: Refusal[]
  }
}

/** All codes that a 403 of this route can have, the likeliest first. */
export function refusalsOf({ access, refuses = [], ...rules }: FastifyContextConfig): Refusal[] {
  const kind = access?.kind ?? 'public'
  const isOpen = kind === 'public' || kind === 'optional'
  const can: Record<Refusal, boolean> = {
    forbidden: !isOpen && kind !== 'authenticated',
    reauthentication_required: Boolean(rules.stepUp || rules.changesFactors),
    second_factor_required: !isOpen && !rules.whileEnrolling,
  }
  const all = Object.keys(can) as Refusal[]
  return all.filter((code) => can[code] || refuses.includes(code))
}

/** What is said of a 403 that can have these codes. */
export const textOfRefusals = (codes: Refusal[]): string =>
  codes.map((code) => `\`${code}\`: ${texts[code]}`).join('. ')
