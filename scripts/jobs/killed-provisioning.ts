import { setTimeout as sleep } from 'node:timers/promises'
import { exactly, told } from '../faults/scenario.ts'
import { faultsOf, type Joiner, makePlace, type Place, reportAll, stagesDone } from './personnel.ts'
import type { Options, Scenario } from './scenario.ts'
import { openSite, type Site } from './site.ts'

/** So many people join and as many leave in each round, while the process dies. */
const people = 6

/** P1. Kills the process while it brings people in and takes them out, at any moment, and starts it again. */
export const killedProvisioning: Scenario = {
  title: 'kill -9 during provisioning and deprovisioning',
  async run(options) {
    const kills = options.quick ? 1 : 20
    const site = await openSite(options)
    try {
      const place = await makePlace(site)
      const spanMs = await undisturbed(options, site, place)
      const all: Joiner[] = []
      const stages: number[] = []
      for (let kill = 0; kill < kills; kill += 1) {
        const joiners = await reportAll(options, site, place, people)
        all.push(...joiners)
        await sleep(options.random() * spanMs)
        stages.push(await stagesDone(options, joiners))
        await site.killAndRestart()
      }
      const lateMs = await untilEnded(options, all)
      const faults = await faultsOf(options, place, all)
      const isAmid = (count: number) => count > 0 && count < people * 4
      return [
        told('an undisturbed round', `${spanMs.toFixed(0)} ms`),
        exactly('kills', kills, stages.length),
        told('kills amid a round', stages.filter(isAmid).length),
        told('the last end after the last start', `${lateMs.toFixed(0)} ms`),
        exactly('events that are not completed', 0, faults.unfinished),
        exactly('people who joined other than once', 0, faults.joined),
        exactly('people who left and hold something', 0, faults.left),
        exactly('events without exactly their audit events', '', faults.audit.join('\n')),
        exactly('jobs that are left', 0, faults.jobs),
      ]
    } finally {
      await site.close()
    }
  },
}

async function undisturbed(options: Options, site: Site, place: Place): Promise<number> {
  const begun = performance.now()
  await untilEnded(options, await reportAll(options, site, place, people))
  return performance.now() - begun
}

const patienceMs = 120_000

/** Waits until nothing is to be done any more, or for too long. */
async function untilEnded({ sql }: Options, joiners: readonly Joiner[]): Promise<number> {
  const begun = performance.now()
  const ids = joiners.flatMap(({ onboard_id, offboard_id }) => [onboard_id, offboard_id])
  while (performance.now() - begun < patienceMs) {
    const [row] = await sql<{ count: number }>(
      `SELECT count(*)::int FROM personnel_events
       WHERE id = ANY($1) AND status IN ('scheduled', 'open')`,
      [ids],
    )
    if (row?.count === 0) break
    await sleep(50)
  }
  return performance.now() - begun
}
