import { useSearchParams } from 'react-router'

export type ListParams = {
  page: number
  limit: number
  search: string
  sort: string | undefined
  /** Any other parameter of the list. */
  get(name: string): string | undefined
  /** Sets parameters, drops those that are empty, and goes back to the first page. */
  set(values: Record<string, string | undefined>): void
  turnTo(page: number): void
}

const limit = 20

/** Which part of a list is shown is in the address: it can be linked, reloaded, and gone back from. */
export function useListParams(): ListParams {
  const [params, setParams] = useSearchParams()
  return {
    page: Math.max(1, Number(params.get('page')) || 1),
    limit,
    search: params.get('search') ?? '',
    sort: params.get('sort') ?? undefined,
    get: (name) => params.get(name) ?? undefined,
    set(values) {
      setParams(
        (before) => {
          const next = new URLSearchParams(before)
          next.delete('page')
          for (const [name, value] of Object.entries(values)) {
            if (value) next.set(name, value)
            else next.delete(name)
          }
          return next
        },
        { replace: true },
      )
    },
    turnTo(page) {
      setParams((before) => {
        const next = new URLSearchParams(before)
        next.set('page', String(page))
        return next
      })
    },
  }
}
