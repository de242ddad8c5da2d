import { lazy, Suspense, useSyncExternalStore } from 'react'
import { readDemands, subscribeToDemands } from '../api/demands.ts'

const ShowAgain = lazy(async () => ({ default: (await import('./show-again.tsx')).ShowAgain }))
const EnrolFirst = lazy(async () => ({ default: (await import('./enrol-first.tsx')).EnrolFirst }))

/** Over the page, whatever it is: what the server asks of its person before requests that wait go on. */
export function Demands() {
  const demands = useSyncExternalStore(subscribeToDemands, readDemands)
  return (
    <Suspense>
      {demands.map((demand) =>
        demand.kind === 'second_factor_required' && demand.methods.length === 0 ? (
          <EnrolFirst key={demand.kind} />
        ) : (
          <ShowAgain key={demand.kind} demand={demand} />
        ),
      )}
    </Suspense>
  )
}
