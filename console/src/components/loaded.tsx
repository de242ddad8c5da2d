import { Skeleton, Stack } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { failureOf } from '../api/errors.ts'
import { texts } from '../texts/common.ts'
import { FailureAlert } from './failure.tsx'
import { NotFound } from './not-found.tsx'

type Props<Data> = {
  query: UseQueryResult<Data, unknown>
  children: (data: Data) => ReactNode
}

/** What a query has brought: until then its place, and where it failed the reason. What is shown stays while it is asked anew. */
export function Loaded<Data>({ query, children }: Props<Data>) {
  const { data, error } = query
  if (data !== undefined) {
    return (
      <>
        {error !== null && <FailureAlert error={error} retry={query.refetch} />}
        {children(data)}
      </>
    )
  }
  if (error === null) return <Waiting />
  if (failureOf(error).isNotFound) return <NotFound />
  return <FailureAlert error={error} retry={query.refetch} />
}

function Waiting() {
  return (
    <Stack gap="sm" role="status" aria-label={texts.loading}>
      <Skeleton height={36} />
      <Skeleton height={36} />
      <Skeleton height={36} width="70%" />
    </Stack>
  )
}
