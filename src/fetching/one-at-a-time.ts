import { lookup as systemLookup } from 'node:dns'
import pLimit from 'p-limit'
import type { LookupAll } from './guarded-agent.ts'

/**
 * A look-up takes one of the two threads that libuv lends to such work until the resolver gives up, whoever has stopped waiting
 * for it. Where others choose the names (webhooks, sources), a name that nobody answers for must not take both: with the
 * other one people sign in by their providers, and the database is found.
 */
export function oneAtATime(lookup: LookupAll): LookupAll {
  const inTurn = pLimit(1)
  return (hostname, options, callback) => {
    void inTurn(async () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      lookup(hostname, options, (error, addresses) => {
        resolve()
        callback(error, addresses)
      })
      await promise
    })
  }
}

export const lookupInTurn: LookupAll = oneAtATime(systemLookup)
