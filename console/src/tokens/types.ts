import type { components, paths } from '../generated/api.d.ts'

export type Token = components['schemas']['Token']
export type TokenDetail = components['schemas']['TokenDetail']
/** `token`, the secret, is there once. An answer that was lost on its way and asked for again lacks it. */
export type CreatedToken = components['schemas']['CreatedToken']
export type AuthorityEntry = TokenDetail['authority'][number]
export type Leg = TokenDetail['dormant'][number]['leg']

type CreateOwn = paths['/api/v1/me/tokens']['post']
export type NewToken = CreateOwn['requestBody']['content']['application/json']

type Policy =
  paths['/api/v1/me/token-policy']['get']['responses'][200]['content']['application/json']
/** How long a new token may live. */
export type LifetimePolicy = Pick<
  Policy,
  'default_token_lifetime_days' | 'max_token_lifetime_days' | 'never_expiring_tokens_allowed'
>

/** What there is to give away to a new token. */
export type Holdings = {
  /** By place: a tenant, a word that stands for many, or null for the platform. */
  authority: readonly AuthorityEntry[]
  /** The tenant scope of who will own the token. */
  tenants: readonly string[]
}
