import type { paths } from '../../generated/api.d.ts'

/** How many live tokens one has, and of how many; and what a new one must be like. */
export type Room =
  paths['/api/v1/me/token-policy']['get']['responses'][200]['content']['application/json']

export const isFull = ({ live_tokens, token_limit }: Room): boolean =>
  live_tokens !== null && live_tokens >= token_limit
