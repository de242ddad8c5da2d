import type { Draft, Proposal } from './draft.ts'
import type { LeftOut } from './left-out.tsx'
import type { CreatedToken, Holdings, LifetimePolicy, NewToken, Token } from './types.ts'

export type FormProps = {
  /** What there is to give away. */
  holdings: Holdings
  /** For a service account, of which its maker gives only what both hold. */
  isForAccount?: boolean | undefined
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
