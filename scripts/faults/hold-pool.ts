import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { moment } from '../freshness/connection.ts'
import type { Ask } from './ask.ts'
import type { AnswerEntry } from './ledger.ts'
import { last503Ms, ledgerFigures, slowestMs } from './ledger-figures.ts'
import { startLoad } from './load.ts'
import { readRemains } from './remains.ts'
import { atLeast, atMost, exactly, type Scenario, told } from './scenario.ts'
import { openSite } from './site.ts'
import { heldSlots } from './terminate-backends.ts'
import type { Writer } from './writers.ts'

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
      const holding = startHolders(ask, held!)
      await sleep(500)
      const heldAt = moment()
      await sleep(quick ? 10_000 : 30_000)
      const during = load.ledger.answers.filter(({ start }) => start > heldAt)
      await lock.query('ROLLBACK')
      const releasedAt = moment()
      const slowestHolderMs = await holding.stop()
      await sleep(2000)
      const ledger = await load.stop()
      return [
        ...ledgerFigures(ledger, await readRemains(postgres.url)),
        told('answered 503 while all were held', during.filter(is503).length),
        atMost('slowest answer', 2500, slowestMs(ledger), ' ms'),
        atMost('slowest answer to who waits for the lock as well', 5000, slowestHolderMs, ' ms'),
        atLeast('/authorize of tokens that are known, served', 99, servedDecisions(during), ' %'),
        atMost(
          'the last 503 began, after the lock was released',
          1000,
          last503Ms(ledger, releasedAt),
          ' ms',
        ),
        exactly('pool slots that stay busy, or are waited for', 0, await heldSlots(ask)),
      ]
    } finally {
      await lock.end()
      await site.close()
    }
  },
}

const is503 = ({ status }: AnswerEntry): boolean => status === 503

/** In percent. */
function servedDecisions(answers: readonly AnswerEntry[]): number {
  const decisions = answers.filter(({ question }) => question.startsWith('GET /authorize?'))
  return 100 * (1 - decisions.filter(is503).length / decisions.length)
}

/** Each asks for what needs the locked row, again and again; in the end, how long the slowest answer took. */
function startHolders(ask: Ask, held: Writer): { stop(): Promise<number> } {
  let slowestMs = 0
  let isOver = false
  const path = `/tenants/${held.tenant_id}`
  const rename = { method: 'PATCH', path, as: held.session, body: { name: 'held' } }
  const holding = Array.from({ length: holders }, async () => {
    while (!isOver) {
      const { start, end } = await ask(rename)
      slowestMs = Math.max(slowestMs, (end - start) / 1e6)
    }
  })
  return {
    async stop() {
      isOver = true
      await Promise.all(holding)
      return slowestMs
    },
  }
}
