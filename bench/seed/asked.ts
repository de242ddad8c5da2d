import { generateToken } from '../../src/access/token.ts'
import { seededDraw } from './draw.ts'
import type { Shape } from './shape.ts'

/** A token that is presented, and a question whose answer for it is yes. */
export type Asked = { number: number; token: string; permission: string; tenant_id: string }

const askedMax = 10_000
const prefix = 'postern'

/** The tokens that are presented: 10,000, spread over all that there are. */
export function askedTokens(size: number, shape: Shape): Asked[] {
  const draw = seededDraw(size)
  const count = Math.min(size, askedMax)
  return Array.from({ length: count }, (_, at) => {
    const number = at * Math.floor(size / count)
    return { number, token: generateToken(prefix, 'pat', draw.bytes), ...shape.question(number) }
  })
}

/** Tokens that were revoked; they follow those that are alive. */
export function revokedTokens(size: number, shape: Shape): Asked[] {
  const draw = seededDraw(size + 1)
  return Array.from({ length: 1000 }, (_, at) => {
    const number = size + at
    return { number, token: generateToken(prefix, 'pat', draw.bytes), ...shape.question(number) }
  })
}

/** The same with another last character: their checksum is wrong. */
export function malformed(asked: readonly Asked[]): Asked[] {
  return asked.map((one) => {
    const last = one.token.endsWith('0') ? '1' : '0'
    return { ...one, token: one.token.slice(0, -1) + last }
  })
}
