import { useEffect, useRef, useState } from 'react'
import { useBlocker } from 'react-router'

/**
 * Watches over something that is shown this once: until it is taken, nothing leaves it without a question,
 * neither a button nor a step back nor, as far as a browser lets a page ask, a window that closes.
 */
export function useKeptSecret(onClose: () => void, isNothing = false) {
  const [isTaken, setTaken] = useState(isNothing)
  const [isAsking, setAsking] = useState(false)
  const copyButton = useRef<HTMLButtonElement>(null)
  const isLeaving = useRef(false)
  const blocker = useBlocker(() => !isTaken && !isLeaving.current)
  useWarningOnLeave(!isTaken)
  function leave() {
    isLeaving.current = true
    if (blocker.state === 'blocked') blocker.proceed()
    else onClose()
  }
  function stay() {
    setAsking(false)
    if (blocker.state === 'blocked') blocker.reset()
    copyButton.current?.focus()
  }
  return {
    copyButton,
    take: () => setTaken(true),
    asks: !isTaken && (isAsking || blocker.state === 'blocked'),
    close: () => (isTaken ? leave() : setAsking(true)),
    leave,
    stay,
  }
}

/** The browser asks, in its own words, before a window closes on a secret that nobody has. */
function useWarningOnLeave(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [isOn])
}
