import { Type } from 'typebox'

/** Documented here and checked in idempotency/request-key.ts: after the guard, and with a message of its own. */
export const createHeaders = Type.Object({
  'Idempotency-Key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      pattern: '^[\\x21-\\x7e]+$',
      description:
        'Chosen by you for this one create, such as a random UUID. Sent again with the same body within 24 hours it creates nothing more, and is answered as the first time, with `Idempotency-Replayed: true` and without what is shown only once. With another body: 409',
      examples: ['8e03978e-40d5-43dd-bc93-6894a57f9324'],
    }),
  ),
})

const text = (description: string, example: string) => ({
  description,
  schema: { type: 'string' as const },
  example,
})

/** The components that answers refer to. */
export const headerComponents = {
  'RateLimit-Policy': text('The limits that count this request', '"credential";q=1200;w=60'),
  RateLimit: text('What is left, and for how many seconds', '"credential";r=1199;t=60'),
  'Retry-After': text('Seconds to wait', '30'),
  'Idempotency-Replayed': text('`true` on an answer that was given before; else absent', 'true'),
}

type Answers = Record<string, { headers?: object }>
type Operation = { security?: object[]; responses: Answers }

/** Adds to each answer of an OpenAPI document the headers that belong to its status, whatever the operation. */
export function addAnswerHeaders(document: { paths?: object }): void {
  for (const methods of Object.values(document.paths ?? {})) {
    for (const { responses, security = [] } of Object.values(methods) as Operation[]) {
      for (const [status, answer] of Object.entries(responses)) {
        const names = headersOf(status, security.length > 0 && '429' in responses)
        if (names.length === 0) continue
        const refs = names.map((name) => [name, { $ref: `#/components/headers/${name}` }])
        answer.headers = { ...answer.headers, ...Object.fromEntries(refs) }
      }
    }
  }
}

function headersOf(status: string, isCounted: boolean): (keyof typeof headerComponents)[] {
  const isLimited = status === '429' || (isCounted && status !== '401')
  return [
    ...(status === '201' ? (['Idempotency-Replayed'] as const) : []),
    ...(['429', '503'].includes(status) ? (['Retry-After'] as const) : []),
    ...(isLimited ? (['RateLimit-Policy', 'RateLimit'] as const) : []),
  ]
}
