import { api } from '../api/client.ts'

/** Who is signed in, and what they hold at this moment. */
export function useMe() {
  return api.useSuspenseQuery('get', '/api/v1/me').data
}

export type Me = ReturnType<typeof useMe>

/** Does the API say that this person holds the permission anywhere? What isn't held anywhere isn't on the menu. */
export function holdsAnywhere({ authority }: Me, permission: string): boolean {
  return authority.some(({ permissions }) => permissions.includes(permission))
}
