import type { TestServer } from '../../support/server.ts'
import type { Facts, Mine } from './facts.ts'
import type { Pairs } from './oracle.ts'

/** A session or a token, in somebody's hands. */
export type Credential = {
  name: string
  /** Who has it: whoever made it, and may use it. */
  party: string
  owner_id: string
  /** What holds its pairs: the owner of a session, or the token itself. */
  key: string
  as: string
}

/** A population at one moment of a run. */
export type World = {
  server: TestServer
  mine: Mine
  credentials: Credential[]
  /** Who acts as an owner, by the owner's id. A service account that a run creates is nobody. */
  partyOf: Map<string, string>
  facts: Facts
  held: Map<string, Pairs>
  colluding: ReadonlySet<string>
  /** What the colluding may hold: what they had at the start, and what others gave them since. */
  allowed: Set<string>
  /** Carries out a personnel event, as the worker does. */
  carryOut: ((event_id: string) => Promise<void>) | null
  /** What everybody held, and what there was to hold, when an event took something. */
  taken: Map<string, Pick<World, 'held' | 'facts'>>
}

export const heldBy = ({ held }: Pick<World, 'held'>, key: string): Pairs =>
  held.get(key) ?? new Set()
