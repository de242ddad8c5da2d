import { useForm } from '@mantine/form'
import { useMemo, useState } from 'react'
import { type Permission, useCatalogue } from '../access/use-catalogue.ts'
import { failureOf } from '../api/errors.ts'
import { useSubmitKey } from '../api/idempotency.ts'
import { queryClient } from '../api/query-client.ts'
import { callableBy } from './callable.ts'
import { bodyOf, type Draft } from './draft.ts'
import type { FormProps, Offer } from './form-props.ts'
import type { LeftOut } from './left-out.tsx'
import { missingIn } from './missing.ts'
import { Review } from './review.tsx'
import { TokenFields } from './token-fields.tsx'
import { useSame } from './use-same.ts'
import { useTenantTypes } from './use-tenants.ts'

type Props = FormProps & { offer: Offer; start: { draft: Draft; leftOut: LeftOut } }

/** What was typed is kept through both steps, and through whatever the server answers. */
export function TokenFormSteps({ offer, start, ...props }: Props) {
  const form = useForm<Draft>({ initialValues: start.draft, validate: missingIn })
  const [leftOut, setLeftOut] = useState(start.leftOut)
  const [isReviewed, setReviewed] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const keyOf = useSubmitKey()
  const { data: catalogue = unread } = useCatalogue()
  const typeOf = useTenantTypes()
  const permissions = useSame(form.values.permissions)
  const tenants = useSame(form.values.tenants)
  const callable = useMemo(
    () => callableBy({ permissions, tenants }, props.holdings, catalogue, typeOf),
    [permissions, tenants, props.holdings, catalogue, typeOf],
  )

  async function submit() {
    const body = bodyOf(form.values)
    setBusy(true)
    setError(null)
    try {
      props.onCreated(await props.submit(body, keyOf(body)))
    } catch (failure) {
      setError(failure)
      const { fields, isAway } = failureOf(failure)
      form.setErrors(byField(fields))
      setReviewed(false)
      // What is held has changed, or it wouldn't have been refused.
      if (!isAway) queryClient.invalidateQueries()
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

const unread: ReadonlyMap<string, Permission> = new Map()

/** Both ways to say when a token ends are one field here. */
function byField({ expires_in_days, expires_at, ...fields }: Record<string, string>) {
  const expiry = expires_in_days ?? expires_at
  return { ...fields, ...(expiry && { expiry }) }
}
