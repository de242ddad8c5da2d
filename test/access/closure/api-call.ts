import type { AsyncCommand } from 'fast-check'
import { systemPrincipalId } from '../../../src/db/reach-filters.ts'
import { patient } from '../../support/client.ts'
import { Choice } from './choice.ts'
import { readFacts } from './facts.ts'
import { passwordOfAll } from './giving.ts'
import { beyondTheirs, recordGifts, type Step, unjustified } from './judge.ts'
import type { ApiRequest } from './operation.ts'
import { holdings } from './oracle.ts'
import { reporting } from './personnel.ts'
import { type Kind, requests } from './requests.ts'
import { session } from './settle.ts'
import type { Credential, World } from './world.ts'

/** Thrown where authority came from nowhere. */
export class Escalation extends Error {}

/** How often each kind of call succeeded, so that a test can say that it tried something. */
export type Tally = Map<Kind, number>

/** One call with the credential of anybody, which the server may refuse; if not, it is judged. */
export class ApiCall implements AsyncCommand<World, Tally> {
  readonly kind: Kind
  readonly dice: readonly number[]
  /** For the report of a failure. */
  private happened = ''

  constructor(kind: Kind, dice: readonly number[]) {
    this.kind = kind
    this.dice = dice
  }

  check = () => true

  toString(): string {
    return `${this.kind}(${this.dice})${this.happened}`
  }

  async run(world: World, tally: Tally): Promise<void> {
    const { needs, draw } = requests[this.kind]
    const choice = new Choice(world, needs, this.dice)
    const { caller } = choice
    const request: ApiRequest | null = draw(choice)
    if (!request) return
    const { method, path, body } = request
    const answer = await patient(world.server.call)(method, path, { as: caller.as, body })
    const { status } = answer
    this.happened = `: ${caller.name}: ${method} ${path} ${JSON.stringify(body) ?? ''} -> ${status}`
    if (status >= 500 || status === 400) throw new Error(`${this.happened}\n${answer.text}`)
    if (status >= 300) return
    tally.set(this.kind, (tally.get(this.kind) ?? 0) + 1)

    const before = { held: world.held, facts: world.facts }
    if (this.kind in reporting) await carryOut(world, answer.body.id)
    await learn(world, this.kind, caller, request, answer.body)
    world.facts = await readFacts(world.server.database, world.mine)
    world.held = holdings(world.facts)
    judge({ kind: this.kind, request, caller, before, after: world })
  }
}

/** As soon as somebody else has approved it. */
async function carryOut(world: World, id: string): Promise<void> {
  const [administrator] = world.credentials
  world.taken.set(id, { held: world.held, facts: world.facts })
  const path = `/personnel-events/${id}/approve`
  await patient(world.server.call)('POST', path, { as: administrator?.as })
  await world.carryOut?.(id)
}

function judge(step: Step): void {
  recordGifts(step)
  const found = [...unjustified(step), ...beyondTheirs(step.after)]
  if (found.length === 0) return
  const { method, path, body } = step.request
  const call = `${step.caller.name} called ${method} ${path} ${JSON.stringify(body) ?? ''}`
  throw new Escalation([call, ...found.slice(0, 5), `${found.length} in all`].join('\n'))
}

/** Remembers what the caller made, and holds from now on. */
async function learn(
  { mine, credentials, partyOf, server }: World,
  kind: Kind,
  { party, owner_id }: Credential,
  { path }: ApiRequest,
  made: { id: string; token?: string; invitation_url?: string | null },
): Promise<void> {
  if (kind === 'createTenant') mine.tenants.push(made.id)
  if (kind === 'createRole') mine.roles.push(made.id)
  if (kind === 'createServiceAccount') mine.owners.push(made.id)
  if (kind === 'createUser') {
    // Whoever chose the password, or was shown the link, signs in as the new person.
    const token = made.invitation_url?.split('#token=')[1]
    const body = { token, password: passwordOfAll }
    if (token) await patient(server.call)('POST', '/auth/accept-invitation', { body })
    mine.owners.push(made.id)
    partyOf.set(made.id, party)
    credentials.push(session(party, made.id, (await server.given.session(made.id)).as))
  }
  if (made?.token) {
    const account = kind === 'createSystemToken' ? systemPrincipalId : (path.split('/')[2] ?? '')
    const owner = kind === 'createOwnToken' ? owner_id : account
    const name = `token of ${party}`
    credentials.push({ name, party, owner_id: owner, key: made.id, as: made.token })
  }
}
