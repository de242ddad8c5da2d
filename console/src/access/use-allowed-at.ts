import { useQueries } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { texts } from '../texts/common.ts'
import { holdsAnywhere, type Me, useMe } from './me.ts'
import { type Allowed, useAllowed } from './use-allowed.ts'

const isWord = (entry: string): boolean => entry === 'any' || entry.startsWith('type:')

/** As useAllowed, for an entry of a tenant scope: what is held in every tenant (of a type) is in GET /me. */
export function useAllowedAt(permission: string, entry: string): Allowed {
  const me = useMe()
  const asked = useAllowed(permission, isWord(entry) ? null : entry, !isWord(entry))
  return isWord(entry) ? allowedAtWord(me, permission, entry) : asked
}

/** Is it held anywhere at all? Where, the server decides. */
export function useAllowedSomewhere(permission: string): Allowed {
  const isAllowed = holdsAnywhere(useMe(), permission)
  return {
    isAllowed,
    reason: isAllowed ? null : `${texts.mayNotIn.owner_permission}: ${permission}`,
  }
}

/** So many of a scope's tenants are asked about; what lies beyond the server refuses when it comes to it. */
const askedMax = 20

/** For what changes a whole account: in each tenant of its scope. Somebody in no tenant takes all of them. */
export function useAllowedOver(permission: string, entries: readonly string[]): Allowed {
  const me = useMe()
  const somewhere = useAllowedSomewhere(permission)
  const places = entries.length > 0 ? entries : ['any']
  const ids = places.filter((entry) => !isWord(entry)).slice(0, askedMax)
  const answers = useQueries({
    queries: ids.map((tenant_id) =>
      api.queryOptions('get', '/api/v1/me/authority', {
        params: { query: { permission, tenant_id } },
      }),
    ),
  })
  const atWords = places.filter(isWord).map((word) => allowedAtWord(me, permission, word))
  const refused = [somewhere, ...atWords].find(({ isAllowed }) => !isAllowed)
  if (refused) return refused
  if (answers.some(({ data }) => !data)) return { isAllowed: false, reason: null }
  const isAllowed = answers.every(({ data }) => data?.allowed)
  return { isAllowed, reason: isAllowed ? null : texts.mayNotOver(permission) }
}

function allowedAtWord({ authority }: Me, permission: string, word: string): Allowed {
  const isAllowed = authority.some(
    ({ tenant_id, permissions }) =>
      (tenant_id === word || tenant_id === 'any') && permissions.includes(permission),
  )
  return { isAllowed, reason: isAllowed ? null : texts.mayNotAt(permission, word) }
}
