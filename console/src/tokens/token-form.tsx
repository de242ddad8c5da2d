import { Skeleton } from '@mantine/core'
import { formTexts } from '../texts/token-form.ts'
import { type Draft, type Proposal, startOf } from './draft.ts'
import { heldPermissions, wordsWithin } from './holdings.ts'
import { type LeftOut, nothingLeftOut } from './left-out.tsx'
import { withoutUnheld } from './proposal.ts'
import { TokenFormSteps } from './token-form-steps.tsx'
import type { CreatedToken, Holdings, LifetimePolicy, NewToken, Token } from './types.ts'
import { useTenants } from './use-tenants.ts'

export type TokenFormProps = {
  /** What there is to give away. */
  holdings: Holdings
  /** Tokens to start from, ended ones too. */
  existing: readonly Token[]
  policy: LifetimePolicy
  /** What to fill in; of it what isn't held is left out, and told. Never sent by itself. */
  proposal?: Proposal | undefined
  refusedDays?: string | null | undefined
  /** Sends it, with the header that makes it once; throws the envelope of a refusal. */
  submit: (body: NewToken, header: { 'Idempotency-Key': string }) => Promise<CreatedToken>
  onCreated: (created: CreatedToken) => void
  onCancel: () => void
}

export type Offer = {
  held: readonly string[]
  /** Takes out of a draft what there is not to give. */
  fit: (draft: Draft) => { draft: Draft; leftOut: LeftOut }
}

/** Makes a token, one's own or of a service account: a form, the same in words, and the request. */
export function TokenForm(props: TokenFormProps) {
  const { holdings, policy, proposal = {}, refusedDays = null } = props
  const { tenants, isComplete, isLoading } = useTenants(holdings.tenants, '')
  if (isLoading) return <Skeleton height={400} role="status" aria-label={formTexts.title} />

  const held = heldPermissions(holdings)
  const words = wordsWithin(holdings.tenants)
  // Of a tenant beyond the first hundred the server knows better.
  const isReached = (entry: string) =>
    words.includes(entry) ||
    holdings.tenants.includes(entry) ||
    tenants.some(({ id }) => id === entry) ||
    (!isComplete && words.length > 0 && !entry.includes(':') && entry !== 'any')
  const fit: Offer['fit'] = (wanted) => {
    const { draft, permissions, tenants } = withoutUnheld(
      wanted,
      (name) => held.includes(name),
      isReached,
    )
    return { draft, leftOut: { ...nothingLeftOut, permissions, tenants } }
  }
  const { draft, leftOut } = fit(startOf(policy, proposal))
  const start = { draft, leftOut: { ...leftOut, days: refusedDays } }
  return <TokenFormSteps {...props} offer={{ held, fit }} start={start} />
}
