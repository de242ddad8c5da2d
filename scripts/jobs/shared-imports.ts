import { setTimeout as sleep } from 'node:timers/promises'
import { atLeast, exactly, told } from '../faults/scenario.ts'
import {
  type Application,
  endOf,
  makeApplications,
  type Upload,
  upload,
  watchAccounts,
} from './imports.ts'
import { figuresOf } from './killed-imports.ts'
import type { Options, Scenario } from './scenario.ts'
import { openSite, type Site } from './site.ts'

/** I2. Two processes work on the imports of a few applications, and one of them is given up for dead for a while. */
export const sharedImports: Scenario = {
  title: 'two processes with workers, of which one freezes',
  async run(options) {
    const rows = options.quick ? 10_000 : 60_000
    const site = await openSite(options, 2)
    try {
      const applications = await makeApplications(site, 3)
      const stop = watchAccounts(options, applications, rows)
      const watching = watchRunning(options, applications)
      const made: Upload[] = []
      for (let turn = 0; turn < 4; turn += 1) {
        for (const application of applications) {
          made.push(await upload(site, application, rows, made.length % 2))
        }
      }
      const frozen = options.quick ? 0 : await freeze(site)
      const ends: string[] = []
      for (const one of made) ends.push(await endOf(options, one))
      const { overlapping, together } = await watching()
      // Each is numbered after the one before it; what ended last is what was uploaded last.
      return [
        told('imports', made.length),
        told('seconds that a process was frozen', frozen),
        exactly('imports that did not finish', 0, ends.filter((end) => end !== 'finished').length),
        exactly('looks that saw two imports of one application run', 0, overlapping),
        atLeast('imports of different applications that ran together', 2, together),
        exactly(
          'spans of one application that overlap in the audit log',
          0,
          await overlaps(options, made),
        ),
        ...(await figuresOf(options, made, rows, stop)),
      ]
    } finally {
      await site.close()
    }
  },
}

/** Longer than a worker's silence is borne; when it goes on it must not do what another has taken over. */
async function freeze({ posterns }: Site): Promise<number> {
  await sleep(300)
  const seconds = 20
  posterns[0]?.child.kill('SIGSTOP')
  await sleep(seconds * 1000)
  posterns[0]?.child.kill('SIGCONT')
  return seconds
}

function watchRunning({ sql }: Options, applications: Application[]) {
  let [overlapping, together, isOver] = [0, 0, false]
  const watching = (async () => {
    while (!isOver) {
      const running = await sql<{ count: number }>(
        `SELECT count(*)::int FROM application_imports
         WHERE status = 'running' AND application_id = ANY($1) GROUP BY application_id`,
        [applications.map(({ id }) => id)],
      )
      overlapping += running.filter(({ count }) => count > 1).length
      together = Math.max(together, running.length)
      await sleep(20)
    }
  })()
  return async () => {
    isOver = true
    await watching
    return { overlapping, together }
  }
}

/** From when an import was started until it had finished, no other one of its application was at work. */
async function overlaps({ sql }: Options, made: Upload[]): Promise<number> {
  const [row] = await sql<{ count: number }>(
    `WITH spans AS (
       SELECT i.application_id, i.id, tstzrange(s.at, f.at) AS span FROM application_imports i
       JOIN audit_events s ON s.target_id = i.id::text AND s.action = 'application_import.started'
       JOIN audit_events f ON f.target_id = i.id::text AND f.action = 'application_import.finished'
       WHERE i.id = ANY($1))
     SELECT count(*)::int FROM spans a JOIN spans b
       ON a.application_id = b.application_id AND a.id < b.id AND a.span && b.span`,
    [made.map(({ id }) => id)],
  )
  return row?.count ?? 0
}
