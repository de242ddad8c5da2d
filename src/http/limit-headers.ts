/** So many requests within a window. */
export type LimitPolicy = { name: string; quota: number; windowSeconds: number }

/** The two fields of draft-ietf-httpapi-ratelimit-headers. */
export function limitHeaders(policy: LimitPolicy, remaining: number, seconds: number) {
  const { name, quota, windowSeconds } = policy
  return {
    'ratelimit-policy': `"${name}";q=${quota};w=${windowSeconds}`,
    ratelimit: `"${name}";r=${remaining};t=${seconds}`,
  }
}

type Answer = {
  getHeader(name: string): unknown
  header(name: string, value: string): unknown
}

const listFields = ['ratelimit-policy', 'ratelimit']

/** Sets headers beside those that an answer has: the two fields are lists, as a request may be counted by two policies. */
export function addHeaders(reply: Answer, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    const items = listFields.includes(name) ? reply.getHeader(name) : undefined
    reply.header(name, items === undefined ? value : `${items}, ${value}`)
  }
}
