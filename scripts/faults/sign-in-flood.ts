import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from '../freshness/connection.ts'
import { bestP99, connectionsTo, othersThan, paced, type Sample, sampleOf } from './paced.ts'
import { atLeast, atMost, exactly, type Scenario, told } from './scenario.ts'
import { openSite } from './site.ts'

const atOnce = 200
const rate = 100
const rounds = 5

/** Each with an address of its own: who types one account's password wrongly so often is stopped before. */
const signIn = () => ({
  method: 'POST',
  path: '/auth/login',
  body: { email: `${randomUUID()}@faults.test`, password: 'not the password' },
})

/** S2. A flood of sign-ins, beside a program with a token, which must hardly notice. */
export const signInFlood: Scenario = {
  title: `${atOnce} sign-ins at once, again and again, beside a token`,
  async run(options) {
    const site = await openSite(options, { writers: 1, environment: { BCRYPT_COST: '12' } })
    const client = connectionsTo(site.postern.url)
    const as = site.writers[0]!.token
    const one = () => client.ask({ path: '/authorize', as })
    const seconds = options.quick ? 2 : 5
    const heard = { alone: [] as Sample[], beside: [] as Sample[], flood: [] as Sample[] }
    try {
      await paced(rate, 2, one)
      for (let round = 0; round < rounds; round += 1) {
        heard.alone.push(await paced(rate, seconds, one))
        const [beside, flood] = await Promise.all([
          paced(rate, seconds, one),
          bursts(seconds, () => client.ask(signIn())),
        ])
        heard.beside.push(beside)
        heard.flood.push(flood)
      }
    } finally {
      client.close()
      await site.close()
    }
    const count = (samples: readonly Sample[], status: number) =>
      samples.reduce((sum, { statuses }) => sum + (statuses.get(status) ?? 0), 0)
    const others = (samples: readonly Sample[], ...expected: number[]) =>
      samples.reduce((sum, sample) => sum + othersThan(sample, ...expected), 0)
    const alone = bestP99(heard.alone)
    const beside = bestP99(heard.beside)
    return [
      atLeast('passwords checked (401)', 1, count(heard.flood, 401)),
      told('told to come back (503)', count(heard.flood, 503)),
      exactly('sign-ins answered otherwise', 0, others(heard.flood, 401, 503)),
      exactly('token answered other than 204', 0, others([...heard.alone, ...heard.beside], 204)),
      told('token: p99 alone, in the best round, ms', alone),
      told('token: p99 beside, in the best round, ms', beside),
      atMost('beside / alone', 2, beside / alone),
    ]
  },
}

/** So many at once; when all have been answered, and a little time has passed, again. */
async function bursts(seconds: number, ask: () => Promise<Answer>): Promise<Sample> {
  const until = performance.now() + seconds * 1000
  const answers: Answer[] = []
  while (performance.now() < until) {
    answers.push(...(await Promise.all(Array.from({ length: atOnce }, ask))))
    await sleep(100)
  }
  return sampleOf(answers)
}
