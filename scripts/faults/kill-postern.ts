import { setTimeout as sleep } from 'node:timers/promises'
import { ledgerFigures } from './ledger-figures.ts'
import { startLoad } from './load.ts'
import type { Postgres } from './postgres.ts'
import { readRemains } from './remains.ts'
import { exactly, type Scenario, told } from './scenario.ts'
import { openSite } from './site.ts'

/** F7. Kills Postern in the middle of whatever it does, and starts it again. */
export const killPostern: Scenario = {
  title: 'kill -9 of Postern under load',
  async run(options) {
    const { quick, random } = options
    const site = await openSite(options)
    try {
      const { postgres, ask, writers } = site
      const load = startLoad({ ask, writers, random })
      const kills = quick ? 5 : 50
      for (let kill = 0; kill < kills; kill += 1) {
        await sleep(200 + random() * 1500)
        await site.postern.stop('SIGKILL')
        await site.restart()
      }
      await sleep(1000)
      const ledger = await load.stop()
      await site.postern.stop('SIGKILL')
      return [
        told('kills', kills),
        // Whoever is asking when the process is killed gets no answer.
        ...ledgerFigures(ledger, await readRemains(postgres.url), ['no answer']),
        exactly('connections that still hold a transaction or a lock', 0, await stuck(postgres)),
      ]
    } finally {
      await site.close()
    }
  },
}

const withinMs = 3000

/** Backends of a client that is gone end by themselves, and their locks with them. */
async function stuck({ sql }: Postgres): Promise<number> {
  let count = Number.NaN
  const until = performance.now() + withinMs
  while (count !== 0 && performance.now() < until) {
    await sleep(100)
    const [row] = await sql<{ count: number }>(
      `SELECT count(*)::int FROM pg_stat_activity a
       WHERE application_name = 'postern' AND datname = current_database()
         AND (xact_start IS NOT NULL OR EXISTS (SELECT FROM pg_locks l WHERE l.pid = a.pid))`,
    )
    count = row!.count
  }
  return count
}
