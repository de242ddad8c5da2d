import type { ListParams } from '../components/use-list-params.ts'
import type { operations } from '../generated/api.d.ts'

type Query = NonNullable<operations['listUserTokens']['parameters']['query']>

export function tokenQueryOf({ page, limit, search, sort, get }: ListParams): Query {
  return {
    page,
    limit,
    ...(search && { search }),
    ...(sort && { sort: sort as NonNullable<Query['sort']> }),
    ...(get('ended') && { include: 'ended' as const }),
  }
}
