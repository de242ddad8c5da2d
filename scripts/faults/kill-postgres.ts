import { setTimeout as sleep } from 'node:timers/promises'
import { ledgerFigures, sameProcess, slowestMs } from './ledger-figures.ts'
import { startLoad } from './load.ts'
import { readRemains } from './remains.ts'
import { atMost, type Scenario, told } from './scenario.ts'
import { openSite } from './site.ts'

/** F1. Kills the postmaster again and again under load. */
export const killPostgres: Scenario = {
  title: 'kill -9 of PostgreSQL under load',
  async run(options) {
    const { quick, random } = options
    const site = await openSite(options)
    try {
      const { postgres, ask, writers, postern } = site
      const load = startLoad({ ask, writers, random })
      const kills = quick ? 4 : 20
      let slowestRecoveryMs = 0
      for (let kill = 0; kill < kills; kill += 1) {
        await sleep(300 + random() * 2700)
        postgres.kill()
        const accepted = await postgres.accepts()
        const recovered = await load.firstSuccess(accepted)
        slowestRecoveryMs = Math.max(slowestRecoveryMs, (recovered - accepted) / 1e6)
      }
      await sleep(1000)
      const ledger = await load.stop()
      return [
        told('kills', kills),
        ...ledgerFigures(ledger, await readRemains(postgres.url)),
        atMost('first success after PostgreSQL accepts', 2000, slowestRecoveryMs, ' ms'),
        atMost('slowest answer', 5000, slowestMs(ledger), ' ms'),
        sameProcess(postern),
      ]
    } finally {
      await site.close()
    }
  },
}
