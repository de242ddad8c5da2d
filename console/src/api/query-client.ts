import { MutationCache, QueryClient } from '@tanstack/react-query'
import { failureOf } from './errors.ts'

const againMs = 5000

/** Every change may touch what other pages show: after one, everything on the screen is asked anew. */
export const queryClient: QueryClient = new QueryClient({
  mutationCache: new MutationCache({ onSuccess: () => queryClient.invalidateQueries() }),
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
