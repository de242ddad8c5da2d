import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Ask } from './ask.ts'
import type { AnswerEntry } from './ledger.ts'
import { ledgerFigures, slowestMs } from './ledger-figures.ts'
import { startLoad } from './load.ts'
import { readRemains } from './remains.ts'
import { atLeast, atMost, exactly, type Scenario, told } from './scenario.ts'
import { openSite } from './site.ts'

const everyMs = 200

/** F3. Ends every connection of Postern's, five times a second. */
export const terminateBackends: Scenario = {
  title: 'pg_terminate_backend on all connections, every 200 ms',
  async run(options) {
    const site = await openSite(options)
    const { postgres, ask, writers } = site
    const client = new pg.Client({ connectionString: postgres.url })
    try {
      await client.connect()
      const load = startLoad({ ask, writers, random: options.random })
      const until = performance.now() + (options.quick ? 10_000 : 60_000)
      let ended = 0
      while (performance.now() < until) {
        const { rowCount } = await client.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE application_name = 'postern' AND datname = current_database()`,
        )
        ended += rowCount ?? 0
        await sleep(everyMs)
      }
      const { answers } = await load.stop()
      const isRead = ({ question }: AnswerEntry) => question.startsWith('GET')
      return [
        told('connections ended', ended),
        ...ledgerFigures(load.ledger, await readRemains(postgres.url)),
        atLeast('reads served', 95, served(answers.filter(isRead)), ' %'),
        // A transaction of a dozen statements is not begun again: nobody knows what became of a COMMIT.
        told('writes served, %', served(answers.filter((one) => !isRead(one)))),
        atMost('slowest answer', 5000, slowestMs(load.ledger), ' ms'),
        exactly('pool slots that stay busy, or are waited for', 0, await heldSlots(ask)),
      ]
    } finally {
      await client.end()
      await site.close()
    }
  },
}

const served = (answers: readonly AnswerEntry[]): number =>
  (100 * answers.filter(({ status }) => status !== 503 && status !== 0).length) / answers.length

/** As the metrics tell it, when nobody asks anything any more. */
export async function heldSlots(ask: Ask): Promise<number> {
  let held = Number.NaN
  for (let look = 0; look < 50 && held !== 0; look += 1) {
    await sleep(100)
    const { body } = await ask({ path: '//metrics' })
    const value = (name: string) => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(body)?.[1])
    held =
      value('postern_database_connections\\{state="busy"\\}') +
      value('postern_database_waiting_requests')
  }
  return held
}
