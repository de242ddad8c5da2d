import { Skeleton } from '@mantine/core'
import { formTexts } from '../texts/token-form.ts'
import { startOf } from './draft.ts'
import type { FormProps, Offer } from './form-props.ts'
import { heldPermissions, wordsWithin } from './holdings.ts'
import { nothingLeftOut } from './left-out.tsx'
import { withoutUnheld } from './proposal.ts'
import { TokenFormSteps } from './token-form-steps.tsx'
import { useTenants } from './use-tenants.ts'

export type TokenFormProps = FormProps

/** Makes a token, one's own or of a service account: a form, the same in words, and the request. */
export function TokenForm(props: FormProps) {
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
