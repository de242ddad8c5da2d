import { setTimeout as sleep } from 'node:timers/promises'
import { exactly, type Figure, told } from '../faults/scenario.ts'
import {
  endOf,
  faultsOf,
  makeApplications,
  type Upload,
  upload,
  watchAccounts,
  wrongAccounts,
} from './imports.ts'
import type { Options, Scenario } from './scenario.ts'
import { openSite, type Site } from './site.ts'

/** I1. Kills the process in the middle of imports, at any moment from the upload to the end, and starts it again. */
export const killedImports: Scenario = {
  title: 'kill -9 during imports',
  async run(options) {
    const rows = options.quick ? 40_000 : 80_000
    const rounds = options.quick ? 1 : 10
    const site = await openSite(options)
    try {
      const applications = await makeApplications(site, 2)
      const undisturbed = await upload(site, applications[0]!, rows)
      const begun = performance.now()
      await endOf(options, undisturbed)
      const spanMs = performance.now() - begun
      const stop = watchAccounts(options, applications, rows)
      const killed: string[] = []
      const made: Upload[] = []
      const ends: string[] = []
      for (let round = 0; round < rounds; round += 1) {
        const now: Upload[] = []
        // While the first one's job waits for its worker to be missed, the second one is killed, too.
        for (const application of applications) {
          const one = await upload(site, application, rows)
          now.push(one)
          await sleep(options.random() * spanMs * 0.9)
          killed.push(await statusOf(options, one))
          await site.killAndRestart()
        }
        for (const one of now) ends.push(await endOf(options, one))
        made.push(...now)
      }
      const cut = await cutUpload(options, site, applications[0]!, rows)
      return [
        told('rows of each import', rows),
        told('milliseconds of an undisturbed import', spanMs),
        ...spread(killed),
        exactly('imports that did not finish', 0, ends.filter((end) => end !== 'finished').length),
        ...(await figuresOf(options, [undisturbed, ...made], rows, stop)),
        exactly('imports of an upload that was cut off', 0, cut),
      ]
    } finally {
      await site.close()
    }
  },
}

async function statusOf({ sql }: Options, { id }: Upload): Promise<string> {
  const [row] = await sql<{ status: string }>(
    `SELECT CASE WHEN status = 'running' AND rows_done > 0 THEN 'running, rows read' ELSE status::text END AS status
     FROM application_imports WHERE id = $1`,
    [id],
  )
  return row?.status ?? 'unknown'
}

const spread = (statuses: string[]): Figure[] =>
  [...new Set(statuses)]
    .sort()
    .map((status) =>
      told(`kills of one that was ${status}`, statuses.filter((one) => one === status).length),
    )

/** How many imports there are of an upload whose process was killed while it came. */
async function cutUpload(
  options: Options,
  site: Site,
  application: Upload['application'],
  rows: number,
) {
  const count = async () =>
    (await options.sql<{ count: number }>('SELECT count(*)::int FROM application_imports'))[0]
      ?.count ?? 0
  const before = await count()
  const cut = upload(site, application, rows * 10).then(
    () => 1,
    () => 0,
  )
  await sleep(options.random() * 200)
  await site.killAndRestart()
  // Who was answered before the kill has an import.
  return (await count()) - before - (await cut)
}

export async function figuresOf(
  options: Options,
  made: Upload[],
  rows: number,
  stop: ReturnType<typeof watchAccounts>,
): Promise<Figure[]> {
  // What an ended import leaves is removed after its end, by the same job.
  let faults = await faultsOf(options, made, rows)
  for (let tries = 0; tries < 300 && faults.left + faults.jobs > 0; tries += 1) {
    await sleep(100)
    faults = await faultsOf(options, made, rows)
  }
  const { looks, mixed } = await stop()
  const wrong = await wrongAccounts(options, made, rows)
  return [
    told('looks at the accounts meanwhile', looks),
    exactly('looks that saw a half-imported application', 0, mixed),
    exactly('applications that do not hold their last import', 0, wrong),
    exactly('imports with other rows than were sent', 0, faults.wrongRows),
    exactly(
      'events of imports that are not: created, started, finished',
      'none',
      faults.wrongEvents.join('\n') || 'none',
    ),
    exactly('rows and pieces that are left', 0, faults.left),
    exactly('jobs that are left', 0, faults.jobs),
  ]
}
