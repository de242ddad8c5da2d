import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react'
import { readDemands, subscribeToDemands } from '../api/demands.ts'

const signInAgain = () => import('./sign-in-again.tsx')
const showAgain = () => import('./show-again.tsx')
const SignInAgain = lazy(async () => ({ default: (await signInAgain()).SignInAgain }))
const ShowAgain = lazy(async () => ({ default: (await showAgain()).ShowAgain }))
const EnrolFirst = lazy(async () => ({ default: (await import('./enrol-first.tsx')).EnrolFirst }))

/** Long before any session is too old for something. */
const soonMs = 10_000

/** Not with the first load, and not only when it is needed: by then the server may have other files. */
function useLoadedSoon(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      Promise.all([signInAgain(), showAgain()]).catch(() => undefined)
    }, soonMs)
    return () => clearTimeout(timer)
  }, [])
}

type Props = { email: string; isExpired: boolean }

/** Over the page, whatever it is: what is asked of its person before requests that wait go on. */
export function AbovePage({ email, isExpired }: Props) {
  const demands = useSyncExternalStore(subscribeToDemands, readDemands)
  useLoadedSoon()
  return (
    <Suspense>
      {demands.map((demand) =>
        demand.kind === 'second_factor_required' && demand.methods.length === 0 ? (
          <EnrolFirst key={demand.kind} />
        ) : (
          <ShowAgain key={demand.kind} demand={demand} />
        ),
      )}
      {isExpired && <SignInAgain email={email} />}
    </Suspense>
  )
}
