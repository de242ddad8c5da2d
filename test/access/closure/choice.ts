import { pair } from './oracle.ts'
import { duties, words } from './population.ts'
import { type Credential, heldBy, type World } from './world.ts'

const permissionSets = [
  ...duties,
  ['users.grants'],
  ['users.read', 'roles.write'],
  ['service_accounts.tokens', 'tenants.members'],
  ['users.create', 'users.*'],
]

/**
 * Who calls, and with what. It leans towards those who hold the permission of the operation, at places
 * where they do: a call that is refused at the door tries nothing. Nothing depends on it for being right.
 */
export class Choice {
  readonly world: World
  readonly caller: Credential
  private readonly dice: readonly number[]
  private readonly needed: string | null
  private thrown = 0

  constructor(world: World, needed: string | null, dice: readonly number[]) {
    this.world = world
    this.needed = needed
    this.dice = dice
    const [admin, ...others] = world.credentials
    const able = others.filter(({ key }) => needed === null || this.placesOf(key).length > 0)
    this.caller = this.one([
      ...able,
      ...able,
      ...able,
      ...(admin ? [admin] : []),
      ...others,
    ]) as Credential
  }

  /** One of these, by the next die; null where there is none. */
  one<T>(from: readonly T[]): T | null {
    const die = this.dice[this.thrown] ?? 0
    this.thrown += 1
    return from[die % from.length] ?? null
  }

  /** True once in so many times. */
  rarely(times: number): boolean {
    return this.one(Array.from({ length: times }, (_, at) => at)) === times - 1
  }

  tenant(): string {
    const all = this.world.facts.tenants.map(({ id }) => id)
    const held = all.filter((id) => this.placesOf(this.caller.key).includes(id))
    return this.one([...held, ...held, ...held, ...all]) ?? ''
  }

  entry(): string {
    return this.rarely(3) ? (this.one(words) ?? '') : this.tenant()
  }

  entries(): string[] {
    return [...new Set([this.entry(), this.entry()])]
  }

  owner(kind?: 'person' | 'account'): string {
    const { owners } = this.world.facts
    const fit = owners.filter(
      (owner) => kind === undefined || owner.is_service_account === (kind === 'account'),
    )
    return this.one(fit)?.id ?? ''
  }

  /** What a role may hold. */
  patterns(): string[] {
    return this.one(permissionSets) ?? []
  }

  /** What a token may store: no wildcards. */
  permissions(): string[] {
    return this.one(permissionSets.filter((set) => !set.some((one) => one.endsWith('*')))) ?? []
  }

  private placesOf(key: string): string[] {
    const places = [...this.world.facts.tenants.map(({ id }) => id), 'platform']
    const held = heldBy(this.world, key)
    return places.filter((place) => held.has(pair(this.needed ?? '', place)))
  }
}
