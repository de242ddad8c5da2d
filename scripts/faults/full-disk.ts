import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ledgerFigures, sameProcess, slowestMs } from './ledger-figures.ts'
import { startLoad } from './load.ts'
import { readRemains } from './remains.ts'
import { atMost, cannotRun, type Options, type Scenario, told } from './scenario.ts'
import { openSite } from './site.ts'

const diskMegabytes = 192

/** F5b. PostgreSQL on a disk of its own, which runs full, and is given room again. */
export const fullDisk: Scenario = {
  title: 'the disk of PostgreSQL is full',
  async run(options) {
    const disk = join(options.directory, 'disk')
    mkdirSync(disk)
    const size = `size=${diskMegabytes}m`
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', disk], { stdio: 'pipe' })
    } catch (error) {
      return [cannotRun(`a small disk is mounted for this: ${(error as Error).message.trim()}`)]
    }
    try {
      return await play(options, disk)
    } finally {
      execFileSync('umount', [disk])
    }
  },
}

async function play(options: Options, data: string) {
  const ballast = join(data, 'ballast')
  const settings = { max_wal_size: '64MB', min_wal_size: '32MB' }
  const site = await openSite(options, { data, settings })
  try {
    const { postgres, ask, writers, postern } = site
    const load = startLoad({ ask, writers, random: options.random })
    await sleep(2000)
    let [refused, served] = [0, 0]
    const until = performance.now() + (options.quick ? 8000 : 20_000)
    while (performance.now() < until) {
      fill(ballast)
      await sleep(100)
    }
    for (const { status } of load.ledger.answers) {
      if (status === 503) refused += 1
      else served += 1
    }
    rmSync(ballast)
    const accepted = await postgres.accepts()
    const healed = (await load.firstWrite(accepted)) - accepted
    await sleep(1000)
    const ledger = await load.stop()
    return [
      ...ledgerFigures(ledger, await readRemains(postgres.url)),
      told('answered 503, and otherwise, until there was room', `${refused}, ${served}`),
      atMost('slowest answer', 5000, slowestMs(ledger), ' ms'),
      atMost('first write after there was room', 5000, healed / 1e6, ' ms'),
      sameProcess(postern),
    ]
  } finally {
    rmSync(ballast, { force: true })
    await site.close()
  }
}

/** Whatever is free is taken, again and again: PostgreSQL frees some of its own. */
function fill(ballast: string): void {
  const block = Buffer.alloc(65_536)
  const file = openSync(ballast, 'a')
  try {
    while (writeSync(file, block) > 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  } finally {
    closeSync(file)
  }
}
