import { Button, Group, Skeleton, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { client } from '../api/client.ts'
import { FailureAlert } from '../components/failure.tsx'
import { texts as common } from '../texts/common.ts'
import { enrolmentTexts as texts } from '../texts/second-factors.ts'
import { RecoveryCodes } from './recovery-codes.tsx'

/** Makes ten codes, and shows them. Not a mutation: its cache would keep them. */
function useNewCodes() {
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const [error, setError] = useState<unknown>(null)
  const queries = useQueryClient()
  const make = useCallback(async () => {
    setError(null)
    try {
      const answer = await client.POST('/api/v1/me/recovery-codes')
      if (answer.error) throw answer.error
      setCodes(answer.data.recovery_codes)
      queries.invalidateQueries()
    } catch (failure) {
      setError(failure)
    }
  }, [queries])
  const isMade = useRef(false)
  useEffect(() => {
    if (!isMade.current) make()
    isMade.current = true
  }, [make])
  return { codes, error, make }
}

export function NewRecoveryCodes({ onClose }: { onClose: () => void }) {
  const { codes, error, make } = useNewCodes()
  if (codes !== null) return <RecoveryCodes codes={codes} onClose={onClose} />
  if (error === null) return <Skeleton height={240} role="status" aria-label={texts.loading} />
  return (
    <Stack>
      <FailureAlert error={error} retry={make} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {common.close}
        </Button>
      </Group>
    </Stack>
  )
}
