import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { moment } from '../freshness/connection.ts'
import { ledgerFigures, slowestMs } from './ledger-figures.ts'
import { startLoad } from './load.ts'
import { readRemains } from './remains.ts'
import { atLeast, atMost, exactly, type Scenario, told } from './scenario.ts'
import { openSite } from './site.ts'
import { heldSlots } from './terminate-backends.ts'

/** More than the pool has slots, so that each that comes free is taken at once. */
const holders = 30

/**
 * F4. Somebody holds a lock, and those who wait for it hold every slot of the pool. All others are served
 * without the pool, or are told soon that they can't be.
 */
export const holdPool: Scenario = {
  title: 'all slots of the pool are held for 30 seconds',
  async run(options) {
    const { quick, random } = options
    const site = await openSite(options, { writers: 5 })
    const { postgres, ask, writers } = site
    const [held, ...others] = writers
    const lock = new pg.Client({ connectionString: postgres.url })
    try {
      const load = startLoad({ ask, writers: others, random })
      await sleep(2000)
      await lock.connect()
      await lock.query('BEGIN')
      await lock.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [held!.user_id])
      let slowestHolderMs = 0
      let isOver = false
      const rename = {
        method: 'PATCH',
        path: `/tenants/${held!.tenant_id}`,
        as: held!.session,
        body: { name: 'held' },
      }
      const holding = Array.from({ length: holders }, async () => {
        while (!isOver) {
          const { start, end } = await ask(rename)
          slowestHolderMs = Math.max(slowestHolderMs, (end - start) / 1e6)
        }
      })
      await sleep(500)
      const heldAt = moment()
      await sleep(quick ? 10_000 : 30_000)
      const during = load.ledger.answers.filter(({ start }) => start > heldAt)
      isOver = true
      await lock.query('ROLLBACK')
      const releasedAt = moment()
      await Promise.all(holding)
      await sleep(2000)
      const ledger = await load.stop()
      const decisions = during.filter(({ question }) => question.startsWith('GET /authorize?'))
      const refused = decisions.filter(({ status }) => status === 503).length
      const late = ledger.answers.filter(
        ({ status, start }) => status === 503 && start > releasedAt,
      )
      const lastMs = Math.max(0, ...late.map(({ start }) => (start - releasedAt) / 1e6))
      return [
        ...ledgerFigures(ledger, await readRemains(postgres.url)),
        told(
          'answered 503 while all were held',
          during.filter(({ status }) => status === 503).length,
        ),
        atMost('slowest answer', 2500, slowestMs(ledger), ' ms'),
        atMost('slowest answer to who waits for the lock as well', 5000, slowestHolderMs, ' ms'),
        atLeast(
          '/authorize of tokens that are known, served',
          99,
          100 * (1 - refused / decisions.length),
          ' %',
        ),
        atMost('the last 503 began, after the lock was released', 1000, lastMs, ' ms'),
        exactly('pool slots that stay busy, or are waited for', 0, await heldSlots(ask)),
      ]
    } finally {
      await lock.end()
      await site.close()
    }
  },
}
