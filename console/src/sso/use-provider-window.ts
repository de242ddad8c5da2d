import { useEffect, useRef, useState } from 'react'
import { onReturned } from './returned-channel.ts'
import type { ReturnedFailure } from './returned-failure.ts'

type Options = {
  /** The address to go to, on the way back from which somebody is at this path. */
  begin: (return_to: string) => Promise<string>
  /** Somebody has come back, and it has gone well. */
  onSuccess: () => void
}

type State = 'idle' | 'beginning' | 'waiting' | 'blocked'

/**
 * Sends somebody to a provider in a window of its own, so that nothing on the page is lost. Where the browser
 * doesn't let it open, they can still go in this one.
 */
export function useProviderWindow({ begin, onSuccess }: Options) {
  const [state, setState] = useState<State>('idle')
  const [error, setError] = useState<unknown>(null)
  const [failure, setFailure] = useState<ReturnedFailure | null>(null)
  const latest = useRef({ state, onSuccess })
  useEffect(() => {
    latest.current = { state, onSuccess }
  })
  // Once: what is told between two subscriptions nobody would hear.
  useEffect(() => {
    return onReturned((returned) => {
      // Also where they have come back to another page: what that was asked this one is asked, too.
      if (returned === null) latest.current.onSuccess()
      else if (latest.current.state === 'waiting') setFailure(returned)
      else return false
      setState('idle')
      return true
    })
  }, [])
  async function go(return_to: string, lead: (address: string) => void): Promise<boolean> {
    setState('beginning')
    setError(null)
    setFailure(null)
    try {
      lead(await begin(return_to))
      return true
    } catch (fault) {
      setError(fault)
      setState('idle')
      return false
    }
  }
  async function open(return_to: string) {
    // On the click itself: once the server has been asked, a browser takes it for an advertisement.
    const beside = window.open('', '_blank', 'popup,width=520,height=720')
    if (beside === null) return setState('blocked')
    beside.opener = null
    const isThere = await go(return_to, (address) => beside.location.replace(address))
    if (isThere) setState('waiting')
    else beside.close()
  }
  const goHere = (return_to: string) => go(return_to, (address) => location.assign(address))
  return { state, error, failure, open, goHere }
}
