import { besideFigures, besideFlood, type Sender } from './beside.ts'
import { connectionsTo } from './paced.ts'
import { type Scenario, told } from './scenario.ts'
import { openSite } from './site.ts'

const limitPerMinute = 1200

/** L8. Somebody of one tenant asks ten times as often as they may, beside somebody of another. */
export const noisyNeighbour: Scenario = {
  title: 'one tenant asks at ten times its limit, beside another',
  async run(options) {
    const environment = { RATE_LIMIT_PER_MINUTE: String(limitPerMinute) }
    const site = await openSite(options, { writers: 2, environment })
    const [noisy, quiet] = site.writers
    const client = connectionsTo(site.postern.url)
    const flood: Sender = {
      name: 'noisy tenant',
      rate: (10 * limitPerMinute) / 60,
      send: () => client.ask({ path: '/me', as: noisy!.token }),
      statuses: [200, 429],
    }
    const one: Sender = {
      name: 'quiet tenant',
      rate: limitPerMinute / 60 / 2,
      send: () => client.ask({ path: '/me', as: quiet!.token }),
      statuses: [200],
    }
    try {
      const heard = await besideFlood(one, flood, options.quick ? 2 : 10)
      const refused = heard.flood.reduce((sum, { statuses }) => sum + (statuses.get(429) ?? 0), 0)
      return [...besideFigures(one, flood, heard), told('noisy tenant: answered 429', refused)]
    } finally {
      client.close()
      await site.close()
    }
  },
}
