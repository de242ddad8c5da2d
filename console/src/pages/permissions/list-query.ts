import type { ListParams } from '../../components/use-list-params.ts'
import type { operations } from '../../generated/api.d.ts'

type Query = NonNullable<operations['listPermissions']['parameters']['query']>
export type Scope = NonNullable<Query['scope']>

export const scopeIn = (params: ListParams) => params.get('scope') as Scope | undefined

/** What the address asks for, as the API takes it; what makes no sense the server refuses. */
export function listQueryOf(params: ListParams): Query & { sort: NonNullable<Query['sort']> } {
  const { page, limit, search, sort = 'name' } = params
  const scope = scopeIn(params)
  return {
    page,
    limit,
    sort: sort as NonNullable<Query['sort']>,
    ...(search && { search }),
    ...(scope && { scope }),
  }
}
