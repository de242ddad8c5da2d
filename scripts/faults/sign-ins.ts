import { cpuOf } from '../../bench/measure/cpu.ts'
import { emptyLedger, enter } from './ledger.ts'
import { ledgerFigures } from './ledger-figures.ts'
import { readRemains } from './remains.ts'
import { atLeast, type Figure, type Options, type Scenario, told } from './scenario.ts'
import { openSite } from './site.ts'

const atOnce = 4

/**
 * L4. Sign-ins with a password. What one costs is a choice (`BCRYPT_COST`), so this tells what is chosen: at
 * cost 10 bcrypt alone takes 60 to 65 ms of a core, at 12 four times that.
 */
export const signIns: Scenario = {
  title: 'sign-ins with a password',
  async run(options) {
    const cheap = await measure(options, '10')
    const dear = await measure({ ...options, directory: `${options.directory}/12` }, '12')
    return [
      atLeast('per second of CPU at BCRYPT_COST 10', 10, cheap.perCpuSecond),
      told('per second of CPU at BCRYPT_COST 12, the default', dear.perCpuSecond),
      ...cheap.figures,
    ]
  },
}

async function measure(
  options: Options,
  cost: string,
): Promise<{ perCpuSecond: number; figures: Figure[] }> {
  const site = await openSite(options, { writers: 1, environment: { BCRYPT_COST: cost } })
  try {
    const { ask, postern, postgres, writers } = site
    const { email, password } = writers[0]!
    const signIn = { method: 'POST', path: '/auth/login', body: { email, password } }
    const ledger = emptyLedger()
    const pid = postern.child.pid!
    const before = cpuOf(pid)
    const until = performance.now() + (options.quick ? 3000 : 10_000)
    const loop = async () => {
      while (performance.now() < until) enter(ledger, signIn, [200], await ask(signIn))
    }
    await Promise.all(Array.from({ length: atOnce }, loop))
    const cpuSeconds = (cpuOf(pid) - before) / 1e6
    const figures = ledgerFigures(ledger, await readRemains(postgres.url))
    return { perCpuSecond: ledger.answers.length / cpuSeconds, figures }
  } finally {
    await site.close()
  }
}
