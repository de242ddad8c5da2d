import { setTimeout as sleep } from 'node:timers/promises'
import { moment } from '../freshness/connection.ts'
import type { AnswerEntry } from './ledger.ts'
import { last503Ms, ledgerFigures, slowestMs } from './ledger-figures.ts'
import { startLoad } from './load.ts'
import type { Postgres } from './postgres.ts'
import { readRemains } from './remains.ts'
import { atLeast, atMost, exactly, type Scenario } from './scenario.ts'
import { openSite } from './site.ts'

/** F5a. PostgreSQL takes no writes, as after a failover to what is still a replica. */
export const readOnlyPostgres: Scenario = {
  title: 'PostgreSQL is read-only',
  async run(options) {
    const site = await openSite(options)
    try {
      const { postgres, ask, writers } = site
      const load = startLoad({ ask, writers, random: options.random })
      await sleep(2000)
      await setReadOnly(postgres, 'on')
      await sleep(500)
      const since = moment()
      await sleep(options.quick ? 4000 : 10_000)
      const until = moment()
      await setReadOnly(postgres, 'off')
      const writableAt = moment()
      await sleep(3000)
      const ledger = await load.stop()
      const during = ledger.answers.filter(({ start, end }) => start > since && end < until)
      const isRead = ({ question }: AnswerEntry) => question.startsWith('GET')
      const reads = during.filter(isRead)
      const served = reads.filter(({ status }) => status !== 503)
      return [
        ...ledgerFigures(ledger, await readRemains(postgres.url)),
        atLeast('reads served meanwhile', 99, (100 * served.length) / reads.length, ' %'),
        exactly(
          'writes acknowledged meanwhile',
          0,
          during.filter((one) => !isRead(one) && one.status < 300).length,
        ),
        atMost('slowest answer', 5000, slowestMs(ledger), ' ms'),
        atMost(
          'the last 503 began, after it took writes again',
          2000,
          last503Ms(ledger, writableAt),
          ' ms',
        ),
      ]
    } finally {
      await site.close()
    }
  },
}

const setReadOnly = async ({ sql }: Postgres, value: 'on' | 'off'): Promise<void> => {
  await sql(`ALTER SYSTEM SET default_transaction_read_only = ${value}`)
  await sql('SELECT pg_reload_conf()')
}
