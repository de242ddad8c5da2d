import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { moment } from '../freshness/connection.ts'
import { type Answer, type Ask, asker } from './ask.ts'
import { emptyLedger, enter } from './ledger.ts'
import { ledgerFigures, sameProcess } from './ledger-figures.ts'
import { startPostgres } from './postgres.ts'
import { readRemains } from './remains.ts'
import { atMost, exactly, type Scenario, told } from './scenario.ts'
import { administrator, startPostern } from './site.ts'
import { wireTo } from './wire.ts'

const everyMs = 500

/** F6. Postern is started first, and its database comes a minute later. */
export const latePostgres: Scenario = {
  title: 'Postern starts, and PostgreSQL a minute later',
  async run({ directory, quick }) {
    const postgres = await startPostgres(join(directory, 'data'))
    const wire = await wireTo(postgres.url)
    await wire.cut()
    const postern = await startPostern(wire.url, { directory })
    const { ask, close } = asker(postern.url)
    const ledger = emptyLedger()
    const asked = async (request: Parameters<typeof ask>[0], expected: number) => {
      const answer = await ask(request)
      enter(ledger, request, [expected], answer)
      return answer
    }
    const signIn = { method: 'POST', path: '/auth/login', body: administrator }
    try {
      const away: Answer[] = []
      const until = performance.now() + (quick ? 5000 : 60_000)
      while (performance.now() < until) {
        await asked({ path: '//healthz' }, 200)
        away.push(await asked({ path: '//readyz' }, 503), await asked(signIn, 503))
        away.push(await asked({ path: '/me', as: 'postern_pat_nonsense' }, 503))
        await sleep(everyMs)
      }
      await wire.mend()
      const there = moment()
      const { readyAt, refused } = await untilReady(ask)
      const session = JSON.parse((await asked(signIn, 200)).body).access_token
      await asked({ path: '/me', as: session }, 200)
      const others = away.filter(({ status }) => status !== 503).length
      return [
        ...ledgerFigures(ledger, await readRemains(postgres.url)),
        exactly('answers other than 503 while it was away, /healthz aside', 0, others),
        atMost('ready, after PostgreSQL came', 5000, (readyAt - there) / 1e6, ' ms'),
        told('connections refused while one server hands over to the other', refused),
        sameProcess(postern),
      ]
    } finally {
      close()
      await postern.stop('SIGKILL')
      await wire.close()
      await postgres.stop()
    }
  },
}

const patienceMs = 60_000

/** When it is ready, infinity where it never is; and how often nobody listened until then. */
async function untilReady(ask: Ask): Promise<{ readyAt: number; refused: number }> {
  let refused = 0
  for (const until = performance.now() + patienceMs; performance.now() < until; ) {
    const { status, end } = await ask({ path: '//readyz' })
    if (status === 200) return { readyAt: end, refused }
    if (status === 0) refused += 1
    await sleep(20)
  }
  return { readyAt: Number.POSITIVE_INFINITY, refused }
}
