import { useQueries } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { texts } from '../texts/common.ts'
import type { Allowed } from './use-allowed.ts'
import { useAllowedSomewhere } from './use-allowed-at.ts'

/** So many are asked about; what lies beyond the server refuses when it comes to it. */
const askedMax = 20

const isWord = (entry: string): boolean => entry === 'any' || entry.startsWith('type:')

/** For what takes one tenant of a scope: in any of them. Of a word for many, wherever it is held may be one. */
export function useAllowedInSome(permission: string, entries: readonly string[]): Allowed {
  const somewhere = useAllowedSomewhere(permission)
  const answers = useQueries({
    queries: entries
      .filter((entry) => !isWord(entry))
      .slice(0, askedMax)
      .map((tenant_id) =>
        api.queryOptions('get', '/api/v1/me/authority', {
          params: { query: { permission, tenant_id } },
        }),
      ),
  })
  if (!somewhere.isAllowed || entries.some(isWord) || entries.length > askedMax) return somewhere
  if (answers.some(({ data }) => data?.allowed)) return somewhere
  const isAnswered = answers.every(({ data }) => data)
  return { isAllowed: false, reason: isAnswered ? texts.mayNotInAny(permission) : null }
}
