import type { Permission } from '../access/use-catalogue.ts'
import { type ApiOperation, operations } from '../generated/operations.ts'
import { permissionsAt, type TenantType } from './holdings.ts'
import type { Holdings } from './types.ts'

export type Place = {
  /** Tenants, or null for the platform, in which the token could do the very same. */
  entries: (string | null)[]
  permissions: string[]
  operations: ApiOperation[]
}

export type Callable = {
  places: Place[]
  /** Operations, each counted once for each tenant in which it could be called. */
  count: number
  /** Chosen, and of no use in any place that was chosen. */
  idle: string[]
}

type Chosen = { permissions: readonly string[]; tenants: readonly string[] }

/** What a token with these sets could call now: pairs of place and permission that are held, never a cross product. */
export function callableBy(
  { permissions, tenants }: Chosen,
  { authority }: Holdings,
  catalogue: ReadonlyMap<string, Permission>,
  typeOf: (id: string) => TenantType | undefined,
): Callable {
  const isOfPlatform = (name: string) => catalogue.get(name)?.scope === 'platform'
  const byRights = new Map<string, Place>()
  for (const entry of [...tenants, null]) {
    const held = permissionsAt(authority, entry, entry === null ? undefined : typeOf(entry))
    const here = permissions.filter(
      (name) => isOfPlatform(name) === (entry === null) && held.has(name),
    )
    if (here.length === 0) continue
    const key = `${entry === null} ${[...here].sort()}`
    const place = byRights.get(key)
    if (place) place.entries.push(entry)
    else byRights.set(key, { entries: [entry], permissions: here, operations: openedBy(here) })
  }
  const places = [...byRights.values()]
  const used = new Set(places.flatMap((place) => place.permissions))
  return {
    places,
    count: places.reduce(
      (sum, { entries, operations }) => sum + entries.length * operations.length,
      0,
    ),
    idle: permissions.filter((name) => !used.has(name)),
  }
}

const openedBy = (permissions: readonly string[]): ApiOperation[] =>
  operations.filter(({ permission }) => permissions.includes(permission))
