import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { moment } from '../freshness/connection.ts'
import { ledgerFigures, sameProcess, slowestMs } from './ledger-figures.ts'
import { startLoad } from './load.ts'
import type { Postgres } from './postgres.ts'
import { readRemains } from './remains.ts'
import { atMost, exactly, type Scenario, told } from './scenario.ts'
import { openSite } from './site.ts'

/** Postern and the scenario itself use some forty, with the worker. */
const maxConnections = 60

/** F5c. Somebody else takes every connection that PostgreSQL has, Postern's too. */
export const noConnections: Scenario = {
  title: 'max_connections is reached, and Postern has none',
  async run(options) {
    const settings = { max_connections: String(maxConnections) }
    const site = await openSite(options, { settings })
    const taken: pg.Client[] = []
    try {
      const { postgres, ask, writers, postern } = site
      const load = startLoad({ ask, writers, random: options.random })
      await sleep(2000)
      await takeAll(postgres, taken)
      const takenAt = moment()
      await sleep(options.quick ? 4000 : 10_000)
      const during = load.ledger.answers.filter(({ start }) => start > takenAt)
      await release(taken)
      const releasedAt = moment()
      const healed = (await load.firstWrite(releasedAt)) - releasedAt
      await sleep(1000)
      const ledger = await load.stop()
      return [
        ...ledgerFigures(ledger, await readRemains(postgres.url)),
        told(
          'answered 503 while there was none',
          during.filter((one) => one.status === 503).length,
        ),
        exactly('let in meanwhile', 0, during.filter((one) => one.status < 300).length),
        atMost('slowest answer', 5000, slowestMs(ledger), ' ms'),
        atMost('first write after some were free', 2000, healed / 1e6, ' ms'),
        sameProcess(postern),
      ]
    } finally {
      await release(taken)
      await site.close()
    }
  },
}

const ours = 'somebody else'

/** The first of them ends Postern's, over and over, until all are ours. */
async function takeAll({ url }: Postgres, taken: pg.Client[]): Promise<void> {
  const take = async () => {
    const client = new pg.Client({ connectionString: url, application_name: ours })
    client.on('error', () => undefined)
    await client.connect()
    taken.push(client)
  }
  await take()
  const [first] = taken
  const deadline = performance.now() + 20_000
  while (taken.length < maxConnections) {
    await take().catch(async ({ code }: { code?: string }) => {
      if (code !== '53300' || performance.now() > deadline)
        throw new Error(`not all taken: ${code}`)
      await first!.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE backend_type = 'client backend' AND application_name <> $1`,
        [ours],
      )
    })
  }
}

async function release(taken: pg.Client[]): Promise<void> {
  await Promise.all(taken.splice(0).map((client) => client.end()))
}
