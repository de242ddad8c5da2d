import type { ApiRequest } from './operation.ts'
import { future, pair } from './oracle.ts'
import type { Kind } from './requests.ts'
import { type Credential, heldBy, type World } from './world.ts'

/** A call that succeeded, with the world before and after it. */
export type Step = {
  kind: Kind
  request: ApiRequest
  caller: Credential
  before: Pick<World, 'held' | 'facts'>
  after: World
}

/**
 * What somebody gained by the call without the caller having held it. The exceptions are not gifts:
 * a token regains what its owner holds where a block is lifted; a new tenant lies in every scope that held a word for it, where the owner held the same for a tenant to
 * come; and a permission that nobody could hold, since it was not registered, goes to the roles that
 * follow the catalogue (wildcards, tenant-admin, read-only).
 */
export function unjustified(step: Step): string[] {
  const { before, after, caller } = step
  const callers = heldBy(before, caller.key)
  return gains(before, after).flatMap(({ key, gained }) =>
    gained
      .filter((one) => !callers.has(one) && !isExcepted(before, after, key, one))
      .filter((one) => !isGivenBack(step, key, one))
      .map((one) => `${nameOf(after, key)} gained ${one}`),
  )
}

/** What the colluding hold now and neither had at the start nor were given by anybody else. */
export function beyondTheirs({ held, credentials, colluding, allowed }: World): string[] {
  const theirs = credentials.filter(({ party }) => colluding.has(party))
  return theirs.flatMap(({ key, name }) =>
    [...heldBy({ held }, key)]
      .filter((one) => !allowed.has(one))
      .map((one) => `${name} holds ${one}`),
  )
}

/**
 * Adds what the colluding may hold from here on: what somebody else gave to an owner among them. What
 * flows to a token in their hands of an owner who is none of them was not given to them.
 */
export function recordGifts(step: Step): void {
  const { before, after, caller } = step
  const { colluding, partyOf, credentials, allowed } = after
  for (const { key, gained } of gains(before, after)) {
    const credential = credentials.find((one) => one.key === key)
    if (!credential || !colluding.has(credential.party)) continue
    const isGift =
      !colluding.has(caller.party) && colluding.has(partyOf.get(credential.owner_id) ?? '')
    for (const one of gained) {
      if (isGift || isExcepted(before, after, key, one) || isGivenBack(step, key, one)) {
        allowed.add(one)
      }
    }
  }
}

/** Which owner or token gained which pairs. */
function gains(before: Step['before'], after: World) {
  return [...after.held].map(([key, pairs]) => ({
    key,
    gained: [...pairs.difference(heldBy(before, key))],
  }))
}

function isExcepted(before: Step['before'], after: World, key: string, gained: string): boolean {
  const [permission = '', place] = gained.split(' @ ')
  const isKnown = before.facts.permissions.some(({ name }) => name === permission)
  if (!isKnown && after.facts.permissions.some(({ name }) => name === permission)) return true
  if (isUnblocked(before, after, key, gained)) return true
  if (before.facts.tenants.some(({ id }) => id === place)) return false
  const created = after.facts.tenants.find(({ id }) => id === place)
  return created !== undefined && heldBy(before, key).has(pair(permission, future(created.type)))
}

/** Was it held when the event that is turned back now took it; or is it of a permission that nobody could hold then? */
function isGivenBack({ kind, request, after }: Step, key: string, gained: string): boolean {
  const then = after.taken.get(request.path.split('/')[2] ?? '')
  if (kind !== 'cancelPersonnelEvent' || !then) return false
  const [permission = ''] = gained.split(' @ ')
  const owner = after.facts.tokens.find(({ id }) => id === key)?.owner_id ?? key
  const wasKnown = then.facts.permissions.some(({ name }) => name === permission)
  const isToCome = permission.includes('.to_come_')
  return heldBy(then, owner).has(gained) || !(wasKnown || isToCome)
}

function isUnblocked(before: Step['before'], after: World, key: string, gained: string): boolean {
  const [was, is] = [before, after].map(({ facts }) => facts.tokens.find(({ id }) => id === key))
  const [, place = ''] = gained.split(' @ ')
  const isLifted = was?.blocked.includes(place) && !is?.blocked.includes(place)
  return isLifted === true && heldBy(before, was?.owner_id ?? '').has(gained)
}

function nameOf({ credentials, partyOf }: World, key: string): string {
  return credentials.find((one) => one.key === key)?.name ?? partyOf.get(key) ?? key
}
