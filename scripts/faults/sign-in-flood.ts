import type { Answer } from '../freshness/connection.ts'
import { connectionsTo, othersThan, paced, percentile, type Sample, sampleOf } from './paced.ts'
import { atLeast, atMost, exactly, type Figure, type Scenario, told } from './scenario.ts'
import { signInBursts } from './sign-in-bursts.ts'
import { openSite } from './site.ts'

const atOnce = 200
const rate = 100
const rounds = 5

type Heard = { alone: Sample[]; beside: Sample[]; flood: Answer[] }

/** S2. A flood of sign-ins, beside a program with a token, which must hardly notice. */
export const signInFlood: Scenario = {
  title: `${atOnce} sign-ins at once, again and again, beside a token`,
  async run(options) {
    const site = await openSite(options, { writers: 1, environment: { BCRYPT_COST: '12' } })
    const client = connectionsTo(site.postern.url)
    const flooding = signInBursts({ url: site.postern.url, atOnce })
    const as = site.writers[0]!.token
    const one = () => client.ask({ path: '/authorize', as })
    const seconds = options.quick ? 2 : 5
    const heard: Heard = { alone: [], beside: [], flood: [] }
    try {
      await paced(rate, 2, one)
      for (let round = 0; round < rounds; round += 1) {
        heard.alone.push(await paced(rate, seconds, one))
        const flood = flooding.send(seconds)
        heard.beside.push(await paced(rate, seconds, one))
        heard.flood.push(...(await flood))
      }
    } finally {
      client.close()
      await flooding.close()
      await site.close()
    }
    return figuresOf(heard)
  },
}

function figuresOf({ alone, beside, flood }: Heard): Figure[] {
  const sent = sampleOf(flood)
  const refused = sampleOf(flood.filter(({ status }) => status === 503))
  const others = [...alone, ...beside].reduce((sum, sample) => sum + othersThan(sample, 204), 0)
  const [idle, flooded] = [usualP99(alone), usualP99(beside)]
  return [
    atLeast('passwords checked (401)', 1, sent.statuses.get(401) ?? 0),
    exactly('sign-ins answered neither 401 nor 503', 0, othersThan(sent, 401, 503)),
    told('told to come back (503)', refused.ms.length),
    atMost('these: p99', 100, percentile(refused, 0.99), ' ms'),
    exactly('token answered other than 204', 0, others),
    told('token: p99 alone, in the usual round, ms', idle),
    told('token: p99 beside, in the usual round, ms', flooded),
    atMost('beside / alone', 2, flooded / idle),
  ]
}

/** The median of the rounds. */
const usualP99 = (samples: readonly Sample[]): number =>
  samples.map((sample) => percentile(sample, 0.99)).sort((a, b) => a - b)[samples.length >> 1] ??
  Number.NaN
