import { useQuery } from '@tanstack/react-query'
import { type OfferedProvider, offeredProviders } from '../api/sso.ts'

const none: OfferedProvider[] = []

/** By which providers one can sign in; none while that isn't known. */
export function useOfferedProviders(): readonly OfferedProvider[] {
  const { data } = useQuery({ queryKey: ['sso-providers'], queryFn: offeredProviders })
  return data ?? none
}
