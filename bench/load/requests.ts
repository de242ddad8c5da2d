import { writeFileSync } from 'node:fs'
import type { Asked } from '../seed/asked.ts'
import { type Distribution, drawIndexes, seededDraw } from '../seed/draw.ts'

/** Beside its path; a request with a body is a POST of a form. */
type Sent = { authorization: string; body?: string }

/** So many are drawn, and sent in a circle. */
const drawn = 65_536

/** Writes the requests of one kind of load for wrk. */
export function writeRequests(
  file: string,
  asked: readonly Asked[],
  distribution: Distribution,
  pathOf: (asked: Asked) => string,
  sentOf: (asked: Asked) => Sent = ({ token }) => ({ authorization: `Bearer ${token}` }),
): string {
  const indexes = drawIndexes(distribution, asked.length, drawn, seededDraw(4711))
  const lines = indexes.flatMap((index) => {
    const one = asked[index]
    if (!one) return []
    const { authorization, body } = sentOf(one)
    return `${[pathOf(one), authorization, ...(body ? [body] : [])].join('\t')}\n`
  })
  writeFileSync(file, lines.join(''))
  return file
}

export const authorizePath = ({ permission, tenant_id }: Asked) =>
  `/api/v1/authorize?permission=${permission}&tenant_id=${tenant_id}`

export const mePath = () => '/api/v1/me'
