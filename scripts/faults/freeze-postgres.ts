import { setTimeout as sleep } from 'node:timers/promises'
import { moment } from '../freshness/connection.ts'
import type { Answer } from './ask.ts'
import { ledgerFigures, slowestMs } from './ledger-figures.ts'
import { startLoad } from './load.ts'
import { readRemains } from './remains.ts'
import { atMost, exactly, type Scenario } from './scenario.ts'
import { openSite } from './site.ts'

const everyMs = 250

/** F2. Stops all processes of PostgreSQL in the middle of whatever they do: nothing refuses, nothing answers. */
export const freezePostgres: Scenario = {
  title: 'SIGSTOP to PostgreSQL for 10 seconds',
  async run(options) {
    const { quick, random } = options
    const site = await openSite(options)
    try {
      const { postgres, ask, writers } = site
      const load = startLoad({ ask, writers, random })
      await sleep(2000)
      const probes: Promise<{ ready: Answer; alive: Answer }>[] = []
      postgres.freeze()
      const frozenAt = moment()
      const until = performance.now() + (quick ? 5000 : 10_000)
      while (performance.now() < until) {
        probes.push(both(ask({ path: '//readyz' }), ask({ path: '//healthz' })))
        await sleep(everyMs)
      }
      postgres.thaw()
      const thawedAt = moment()
      await sleep(4000)
      const ledger = await load.stop()
      const seen = await Promise.all(probes)
      const msOf = ({ start, end }: Answer) => (end - start) / 1e6
      const unavailable = ledger.answers.filter(({ status }) => status === 503)
      const lastMs = Math.max(0, ...unavailable.map(({ start }) => (start - thawedAt) / 1e6))
      // The last ones may have begun while it was frozen and be answered when it goes on.
      const certain = seen.filter(({ ready }) => ready.end < thawedAt)
      return [
        ...ledgerFigures(ledger, await readRemains(postgres.url)),
        atMost('slowest answer', 5000, slowestMs(ledger), ' ms'),
        exactly(
          'let in while it was frozen',
          0,
          ledger.answers.filter(
            ({ status, start, end }) =>
              status < 300 && status > 0 && start > frozenAt && end < thawedAt,
          ).length,
        ),
        exactly('/readyz says', '503', statuses(certain.map(({ ready }) => ready))),
        atMost('/readyz within', 3000, Math.max(...seen.map(({ ready }) => msOf(ready))), ' ms'),
        exactly('/healthz says', '200', statuses(seen.map(({ alive }) => alive))),
        atMost('/healthz within', 1000, Math.max(...seen.map(({ alive }) => msOf(alive))), ' ms'),
        atMost('the last 503 began, after it went on', 2000, lastMs, ' ms'),
      ]
    } finally {
      site.postgres.thaw()
      await site.close()
    }
  },
}

const both = async (ready: Promise<Answer>, alive: Promise<Answer>) => ({
  ready: await ready,
  alive: await alive,
})

const statuses = (answers: readonly Answer[]): string =>
  [...new Set(answers.map(({ status }) => status))].join(', ')
