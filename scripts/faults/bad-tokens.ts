import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { generateToken } from '../../src/access/token.ts'
import { besideFigures, besideFlood, countOf, type Sender } from './beside.ts'
import { connectionsTo } from './paced.ts'
import { atMost, type Scenario } from './scenario.ts'
import { openSite } from './site.ts'

/** L9. A flood of bad tokens, half of them well-formed, beside somebody with a good one. */
export const badTokens: Scenario = {
  title: '1,000 bad tokens per second beside good ones',
  async run(options) {
    const environment = { LOG_LEVEL: 'info', FAILED_AUTHENTICATION_LIMIT_PER_MINUTE: '60' }
    const site = await openSite(options, { writers: 1, environment })
    const log = join(options.directory, 'postern.log')
    const client = connectionsTo(site.postern.url)
    const unknown = Array.from({ length: 1000 }, () => generateToken('postern', 'pat', randomBytes))
    const good: Sender = {
      name: 'good tokens',
      rate: 50,
      send: () => client.ask({ path: '/authorize', as: site.writers[0]!.token }),
      statuses: [204],
    }
    const bad: Sender = {
      name: 'bad tokens',
      rate: 1000,
      send: (at) =>
        client.ask({ path: '/me', as: at % 2 ? unknown[at % 1000]! : 'postern_pat_nonsense' }),
      statuses: [401, 429],
    }
    try {
      const before = statSync(log).size
      const heard = await besideFlood(good, bad, options.quick ? 4 : 5)
      const logged = statSync(log).size - before
      return [
        ...besideFigures(good, bad, heard),
        atMost(
          'log per bad token, all else included',
          2048,
          logged / countOf(heard.flood),
          ' bytes',
        ),
      ]
    } finally {
      client.close()
      await site.close()
    }
  },
}
