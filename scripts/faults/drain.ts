import { setTimeout as sleep } from 'node:timers/promises'
import type { PosternProcess } from '../processes/spawn-postern.ts'
import { asker } from './ask.ts'
import { ledgerFigures, slowestMs } from './ledger-figures.ts'
import { startLoad } from './load.ts'
import { startProxy } from './nginx.ts'
import { readRemains } from './remains.ts'
import { atMost, exactly, type Scenario, told } from './scenario.ts'
import { openSite } from './site.ts'

/** F8. Two servers behind nginx are restarted in turn, by SIGTERM. Who asks through nginx sees nothing of it. */
export const drain: Scenario = {
  title: 'SIGTERM to one of two servers behind nginx, under load',
  async run(options) {
    const { quick, random, directory } = options
    const site = await openSite(options)
    const servers: PosternProcess[] = [site.postern, await site.spawn()]
    const urls = servers.map(({ url }) => url)
    const proxy = await startProxy(directory, urls)
    const { ask, close } = asker(proxy.url)
    try {
      const load = startLoad({ ask, writers: site.writers, random })
      const restarts = quick ? 6 : 50
      const codes = new Set<number | null>()
      let slowestEndMs = 0
      for (let restart = 0; restart < restarts; restart += 1) {
        await sleep(random() * 500)
        const at = restart % servers.length
        const startedAt = performance.now()
        codes.add(await servers[at]!.stop('SIGTERM'))
        slowestEndMs = Math.max(slowestEndMs, performance.now() - startedAt)
        servers[at] = await site.spawn(new URL(urls[at]!).port)
      }
      const ledger = await load.stop()
      return [
        told('restarts', restarts),
        ...ledgerFigures(ledger, await readRemains(site.postgres.url)),
        exactly('exit codes', '0', [...codes].join(', ')),
        atMost('slowest end', 10_000, slowestEndMs, ' ms'),
        atMost('slowest answer', 5000, slowestMs(ledger), ' ms'),
      ]
    } finally {
      close()
      await proxy.stop()
      await Promise.all(servers.map((server) => server.stop('SIGKILL')))
      await site.close()
    }
  },
}
