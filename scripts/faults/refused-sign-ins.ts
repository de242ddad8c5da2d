import type { Ask } from './ask.ts'
import { friedman } from './friedman.ts'
import { type Refused, refusedPeople } from './refused-people.ts'
import { atLeast, atMost, exactly, type Options, type Scenario, told } from './scenario.ts'
import { openSite } from './site.ts'

/** With the throttle on, as it is by default: each try comes from another network, so that none has to wait. */
const environment = { TRUST_PROXY: '127.0.0.1', BCRYPT_COST: '10' }

type Heard = { rounds: number[][]; answers: Set<string> }

/** S1. Who may not sign in learns nothing of why: neither from the answer nor from how long it takes. */
export const refusedSignIns: Scenario = {
  title: 'each way not to be let in, in turns',
  async run(options) {
    const site = await openSite(options, { writers: 1, environment })
    try {
      const people = await refusedPeople(site.postgres.url)
      await inTurns(site.ask, people, options, 10)
      const { rounds, answers } = await inTurns(site.ask, people, options, options.quick ? 40 : 400)
      const medians = [...people.keys()].map((_, at) => median(rounds.map((round) => round[at]!)))
      const apart = Math.max(...medians) / Math.min(...medians) - 1
      return [
        told('rounds', rounds.length),
        ...[...people.keys()].map((name, at) => told(`median of ${name}, ms`, medians[at]!)),
        exactly('different answers', 1, answers.size),
        atMost('slowest median above the fastest', 5, apart * 100, ' %'),
        atLeast('chance that ranks differ so much (Friedman)', 0.01, friedman(rounds)),
      ]
    } finally {
      await site.close()
    }
  },
}

async function inTurns(
  ask: Ask,
  people: Map<string, Refused>,
  { random }: Options,
  count: number,
): Promise<Heard> {
  const heard: Heard = { rounds: [], answers: new Set() }
  const all = [...people.values()]
  for (let round = 0; round < count; round += 1) {
    const times = new Array<number>(all.length)
    for (const at of shuffled([...all.keys()], random)) {
      const headers = { 'x-forwarded-for': network(random) }
      const body = all[at]!
      const answer = await ask({ method: 'POST', path: '/auth/login', body, headers })
      times[at] = (answer.end - answer.start) / 1e6
      heard.answers.add(withoutIds(answer.status, answer.headers, answer.body))
    }
    heard.rounds.push(times)
  }
  return heard
}

/** What differs at each answer, whoever asks: when it was given, and by which id it is found in the log. */
function withoutIds(status: number, headers: object, body: string): string {
  const kept = Object.entries(headers).filter(
    ([name]) => !/^(date|x-.*-id|traceparent)$/.test(name),
  )
  return JSON.stringify([status, kept, body.replaceAll(/[0-9a-f]{32}/g, 'id')])
}

function shuffled<One>(all: One[], random: () => number): One[] {
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1))
    ;[all[at], all[other]] = [all[other]!, all[at]!]
  }
  return all
}

const byte = (random: () => number) => Math.floor(random() * 256)
const network = (random: () => number) => `10.${byte(random)}.${byte(random)}.${byte(random)}`

const median = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
