import { useForm } from '@mantine/form'
import { useState } from 'react'
import { failureOf } from '../api/errors.ts'
import { queryClient } from '../api/query-client.ts'
import { callableBy } from './callable.ts'
import { bodyOf, type Draft } from './draft.ts'
import type { LeftOut } from './left-out.tsx'
import { missingIn } from './missing.ts'
import { Review } from './review.tsx'
import { TokenFields } from './token-fields.tsx'
import type { Offer, TokenFormProps } from './token-form.tsx'
import { useCatalogue } from './use-catalogue.ts'
import { useSubmitKey } from './use-submit-key.ts'
import { useTenantTypes } from './use-tenants.ts'

type Props = TokenFormProps & { offer: Offer; start: { draft: Draft; leftOut: LeftOut } }

/** What was typed is kept through both steps, and through whatever the server answers. */
export function TokenFormSteps({ offer, start, ...props }: Props) {
  const form = useForm<Draft>({ initialValues: start.draft, validate: missingIn })
  const [leftOut, setLeftOut] = useState(start.leftOut)
  const [isReviewed, setReviewed] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const keyOf = useSubmitKey()
  const catalogue = useCatalogue()
  const callable = callableBy(form.values, props.holdings, catalogue, useTenantTypes())

  async function submit() {
    const body = bodyOf(form.values)
    setBusy(true)
    setError(null)
    try {
      props.onCreated(await props.submit(body, keyOf(body)))
    } catch (failure) {
      setError(failure)
      form.setErrors(byField(failureOf(failure).fields))
      setReviewed(false)
      // What is held may have changed, or the server's answer wouldn't have been this one.
      queryClient.invalidateQueries()
    }
    setBusy(false)
  }
  if (isReviewed) {
    return (
      <Review
        draft={form.values}
        callable={callable}
        catalogue={catalogue}
        isBusy={isBusy}
        onBack={() => setReviewed(false)}
        onSubmit={submit}
      />
    )
  }
  return (
    <TokenFields
      {...props}
      form={form}
      offer={offer}
      leftOut={leftOut}
      error={error}
      callable={callable}
      catalogue={catalogue}
      onPick={(proposal) => {
        const fitted = offer.fit({ ...form.values, ...proposal })
        form.setValues(fitted.draft)
        setLeftOut(fitted.leftOut)
      }}
      onReview={() => setReviewed(true)}
    />
  )
}

/** Both ways to say when a token ends are one field here. */
function byField({ expires_in_days, expires_at, ...fields }: Record<string, string>) {
  const expiry = expires_in_days ?? expires_at
  return { ...fields, ...(expiry && { expiry }) }
}
