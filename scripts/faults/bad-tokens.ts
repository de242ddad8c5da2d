import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { generateToken } from '../../src/access/token.ts'
import { bestP99, connectionsTo, othersThan, paced, type Sample } from './paced.ts'
import { atMost, exactly, type Scenario, told } from './scenario.ts'
import { openSite } from './site.ts'

const badRate = 1000
const goodRate = 50
const rounds = 5

/**
 * L9. A flood of bad tokens, half of them well-formed, beside somebody with a good one. A share of a p99 of
 * a few milliseconds is less than two processes on a busy machine take from one another, so 10 ms are allowed.
 */
export const badTokens: Scenario = {
  title: '1,000 bad tokens per second beside good ones',
  async run(options) {
    const environment = { LOG_LEVEL: 'info', FAILED_AUTHENTICATION_LIMIT_PER_MINUTE: '60' }
    const site = await openSite(options, { writers: 1, environment })
    const log = join(options.directory, 'postern.log')
    const client = connectionsTo(site.postern.url)
    const good = () => client.ask({ path: '/authorize', as: site.writers[0]!.token })
    const unknown = Array.from({ length: 1000 }, () => generateToken('postern', 'pat', randomBytes))
    const bad = (at: number) =>
      client.ask({ path: '/me', as: at % 2 ? unknown[at % 1000]! : 'postern_pat_nonsense' })
    const seconds = options.quick ? 2 : 5
    try {
      await paced(goodRate, 2, good)
      const [alone, beside, flood]: [Sample[], Sample[], Sample[]] = [[], [], []]
      let logged = 0
      for (let round = 0; round < rounds; round += 1) {
        alone.push(await paced(goodRate, seconds, good))
        const before = statSync(log).size
        const [one, other] = await Promise.all([
          paced(goodRate, seconds, good),
          paced(badRate, seconds, bad),
        ])
        logged += statSync(log).size - before
        beside.push(one)
        flood.push(other)
      }
      const sent = flood.reduce((sum, { ms }) => sum + ms.length, 0)
      const limit = Math.max(1.2 * bestP99(alone), bestP99(alone) + 10)
      const others = (samples: Sample[], ...expected: number[]) =>
        samples.reduce((sum, one) => sum + othersThan(one, ...expected), 0)
      return [
        told('bad tokens sent', sent),
        exactly('of these answered other than 401 or 429', 0, others(flood, 401, 429)),
        exactly('good ones answered other than 204', 0, others([...alone, ...beside], 204)),
        told('p99 of good ones alone, in the best round, ms', bestP99(alone)),
        atMost(
          'p99 of good ones beside, in the best round',
          Math.round(limit),
          bestP99(beside),
          ' ms',
        ),
        atMost('log per bad token', 2048, logged / sent, ' bytes'),
      ]
    } finally {
      client.close()
      await site.close()
    }
  },
}
