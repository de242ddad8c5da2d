import type { components } from '../generated/api.d.ts'
import { texts } from '../texts/common.ts'
import { NotDone } from './errors.ts'

type Envelope = components['schemas']['Error']

const kinds = ['reauthentication_required', 'second_factor_required'] as const
type Kind = (typeof kinds)[number]

/** What the server asks of a person before it does what they have asked for. */
export type Demand = {
  kind: Kind
  /** By what they can show that it is them. A second factor without any: they are to enrol one first. */
  methods: readonly ('passkey' | 'totp' | 'password' | 'sso')[]
}

/** A request that met a demand; all that met the same go on together. */
type Waiting = { kind: Kind; meet: () => void; decline: (reason: NotDone) => void }

let open: readonly Demand[] = []
let waiting: Waiting[] = []
const listeners = new Set<() => void>()

export const readDemands = (): readonly Demand[] => open

export function subscribeToDemands(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Null: it asks nothing of anybody. Without methods it says that what was shown, a password say, is wrong. */
export function demandIn(answer: unknown): Demand | null {
  const { error, details } = (answer ?? {}) as Partial<Envelope>
  const kind = kinds.find((one) => one === error)
  return kind && details?.methods ? { kind, methods: details.methods } : null
}

/** Until the person has done it. Throws where they don't want to. */
export function answerTo(demand: Demand): Promise<void> {
  if (!open.some(({ kind }) => kind === demand.kind)) become([...open, demand])
  return new Promise((meet, decline) => waiting.push({ kind: demand.kind, meet, decline }))
}

export function meetDemand(kind: Kind): void {
  for (const { meet } of close(kind)) meet()
}

export function declineDemand(kind: Kind): void {
  for (const { decline } of close(kind)) decline(new NotDone(texts.notShown))
}

/** Who has waited for it. */
function close(kind: Kind): Waiting[] {
  const gone = waiting.filter((one) => one.kind === kind)
  waiting = waiting.filter((one) => one.kind !== kind)
  become(open.filter((one) => one.kind !== kind))
  return gone
}

function become(next: readonly Demand[]): void {
  open = next
  for (const listener of listeners) listener()
}
