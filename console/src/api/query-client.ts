import { MutationCache, QueryClient } from '@tanstack/react-query'
import { failureOf } from './errors.ts'

const againMs = 5000

/** Not waited for: whoever made the change goes on first, to a page that may no longer show what is gone. */
function askAnew(): void {
  queryClient.invalidateQueries()
}

/** Every change may touch what other pages show: after one, everything on the screen is asked anew. */
export const queryClient: QueryClient = new QueryClient({
  mutationCache: new MutationCache({ onSuccess: askAnew }),
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: 5000,
      retry: (count, error) => failureOf(error).isAway && count < 1,
      retryDelay: 500,
      // A server that is away is asked until it is back.
      refetchInterval: ({ state }) =>
        state.status === 'error' && failureOf(state.error).isAway ? againMs : false,
    },
    mutations: { networkMode: 'always', retry: false },
  },
})
