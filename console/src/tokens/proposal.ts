import type { Draft, Proposal } from './draft.ts'
import { dayChoices } from './expiry.ts'
import type { LifetimePolicy } from './types.ts'

export type LinkProposal = {
  proposal: Proposal
  /** Days that this platform doesn't offer. */
  refusedDays: string | null
}

/**
 * What a link proposes: `?name=&description=&permissions=a,b&tenants=&expires_in_days=`. It fills in the
 * form; what of it isn't held is told there, and nothing is ever sent by itself.
 */
export function proposalOf(params: URLSearchParams, policy: LifetimePolicy): LinkProposal {
  const proposal: Proposal = {}
  const name = params.get('name')
  const description = params.get('description')
  if (name) proposal.name = name.slice(0, 100)
  if (description) proposal.description = description.slice(0, 500)
  if (params.has('permissions')) proposal.permissions = listed(params.get('permissions'))
  if (params.has('tenants')) proposal.tenants = listed(params.get('tenants'))
  const days = params.get('expires_in_days')
  const offered = dayChoices(policy).find((choice) => String(choice) === days)
  if (offered !== undefined) proposal.expiry = { kind: 'days', days: offered }
  return { proposal, refusedDays: days !== null && offered === undefined ? days : null }
}

const listed = (text: string | null): string[] =>
  [...new Set((text ?? '').split(',').map((entry) => entry.trim()))].filter((entry) => entry !== '')

export type Split = { draft: Draft; permissions: string[]; tenants: string[] }

/** Takes out what there is not to give, and says what that was. */
export function withoutUnheld(
  draft: Draft,
  isHeld: (permission: string) => boolean,
  isReached: (entry: string) => boolean,
): Split {
  return {
    draft: {
      ...draft,
      permissions: draft.permissions.filter(isHeld),
      tenants: draft.tenants.filter(isReached),
    },
    permissions: draft.permissions.filter((name) => !isHeld(name)),
    tenants: draft.tenants.filter((entry) => !isReached(entry)),
  }
}
