import { useEffect, useState } from 'react'
import { useSearchParams } from 'react-router'
import { ssoTexts } from '../texts/sso.ts'

type FailureCode = keyof typeof ssoTexts.notSignedIn

/** Anybody can write an address: of it only these codes are taken, and an id of the server's form. */
const isCode = (text: string | null): text is FailureCode =>
  text !== null && Object.hasOwn(ssoTexts.notSignedIn, text)
const idForm = /^[0-9a-f]{32}$/

export type ReturnedFailure = { code: FailureCode; correlation_id: string | null }

function failureIn(params: URLSearchParams): ReturnedFailure | null {
  const [code, id] = [params.get('error'), params.get('correlation_id')]
  if (!isCode(code)) return null
  return { code, correlation_id: id !== null && idForm.test(id) ? id : null }
}

const isSame = (before: ReturnedFailure | null, { code, correlation_id }: ReturnedFailure) =>
  before?.code === code && before.correlation_id === correlation_id

/** What an address says of a success (`?linked=`), of which there is none where there is a failure. */
export const linkedParameter = 'linked'

/** Why somebody has come back from a provider for nothing; it is taken out of the address, so that a reload says it no more. */
export function useReturnedFailure(): [ReturnedFailure | null, () => void] {
  const [params, setParams] = useSearchParams()
  const [failure, setFailure] = useState(() => failureIn(params))
  useEffect(() => {
    const found = failureIn(params)
    if (found === null) return
    // The one that is known from the start is no other one: it would be told, and read, twice.
    setFailure((before) => (isSame(before, found) ? before : found))
    const next = new URLSearchParams(params)
    for (const name of ['error', 'correlation_id', linkedParameter]) next.delete(name)
    setParams(next, { replace: true })
  }, [params, setParams])
  return [failure, () => setFailure(null)]
}
