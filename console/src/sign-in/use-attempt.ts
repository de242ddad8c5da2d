import { useState } from 'react'

/** Something that a person tries: whether it is under way, and why it has failed. */
export function useAttempt() {
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  async function attempt(job: () => Promise<unknown>): Promise<void> {
    setBusy(true)
    setError(null)
    await job().catch(setError)
    setBusy(false)
  }
  return { error, isBusy, attempt }
}
