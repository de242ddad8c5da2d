import { setTimeout as sleep } from 'node:timers/promises'
import { moment } from '../freshness/connection.ts'
import type { Answer } from './ask.ts'
import { last503Ms, ledgerFigures, slowestMs } from './ledger-figures.ts'
import { startLoad } from './load.ts'
import { readRemains } from './remains.ts'
import { atMost, exactly, type Figure, type Scenario } from './scenario.ts'
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
      const probes: Promise<Probe>[] = []
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
        ...probeFigures(seen, thawedAt),
        atMost('the last 503 began, after it went on', 2000, last503Ms(ledger, thawedAt), ' ms'),
      ]
    } finally {
      site.postgres.thaw()
      await site.close()
    }
  },
}

type Probe = { ready: Answer; alive: Answer }

function probeFigures(seen: readonly Probe[], thawedAt: number): Figure[] {
  const slowest = (answers: Answer[]) =>
    Math.max(...answers.map(({ start, end }) => (end - start) / 1e6))
  // The last ones may have begun while it was frozen and be answered when it goes on.
  const certain = seen.filter(({ ready }) => ready.end < thawedAt)
  return [
    exactly('/readyz says', '503', statuses(certain.map(({ ready }) => ready))),
    atMost('/readyz within', 3000, slowest(seen.map(({ ready }) => ready)), ' ms'),
    exactly('/healthz says', '200', statuses(seen.map(({ alive }) => alive))),
    atMost('/healthz within', 1000, slowest(seen.map(({ alive }) => alive)), ' ms'),
  ]
}

const both = async (ready: Promise<Answer>, alive: Promise<Answer>) => ({
  ready: await ready,
  alive: await alive,
})

const statuses = (answers: readonly Answer[]): string =>
  [...new Set(answers.map(({ status }) => status))].join(', ')
