import type { Leg, TokenDetail } from './types.ts'

export type PlaceRights = {
  place: string | null
  /** Every permission that the token stores for this place. */
  stored: string[]
  /** Of these, those that aren't in force, and which part refuses. */
  resting: ReadonlyMap<string, Leg>
}

/** The API names the pairs in force and those that rest; together they are what is stored. The platform first. */
export function rightsByPlace({ authority, dormant }: TokenDetail): PlaceRights[] {
  const places = new Set([
    ...authority.map(({ tenant_id }) => tenant_id),
    ...dormant.map(({ tenant_id }) => tenant_id),
  ])
  return [...places]
    .sort((a, b) => Number(b === null) - Number(a === null))
    .map((place) => {
      const resting = new Map(
        dormant
          .filter(({ tenant_id }) => tenant_id === place)
          .map(({ permission, leg }) => [permission, leg]),
      )
      const inForce = authority.find(({ tenant_id }) => tenant_id === place)?.permissions ?? []
      return { place, stored: [...inForce, ...resting.keys()].sort(), resting }
    })
}
