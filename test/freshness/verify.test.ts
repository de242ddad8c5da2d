import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { faultsOf } from '../../scripts/freshness/report.ts'
import { type RunOptions, runFreshness } from '../../scripts/freshness/run.ts'
import { scenes } from '../../scripts/freshness/scenes.ts'
import { administrator } from '../support/constants.ts'
import { cloneDatabase, type TestDatabase } from '../support/database.ts'
import { notifying } from './planted/plants.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await cloneDatabase()
})
afterEach(() => database.drop())

const seed = 1
/** What the worker does takes most of a second each time: that is for `npm run verify:freshness`, and offboard.test.ts. */
const quick = Object.keys(scenes).filter((name) => !name.endsWith('by the worker'))
const run = (options: Partial<RunOptions> & Pick<RunOptions, 'limitMs'>) =>
  runFreshness({
    databaseUrl: database.url,
    administrator,
    seed,
    changes: 10_000,
    requests: 100_000,
    ...options,
  })

describe('two processes under load', () => {
  it('answer no request by an authority that was lost or changed before it started', async () => {
    const report = await run({ limitMs: 25_000, changes: 48, requests: 2400, only: quick })

    expect(faultsOf(report)).toEqual([])
    expect(Object.keys(report.scenes)).toEqual(quick)
  }, 90_000)
})

describe('the check of freshness catches', () => {
  const planted = (plant: string, options: Partial<RunOptions> = {}) =>
    run({
      entry: ['test/freshness/planted/server.ts', plant],
      only: ['user deactivated, activated', 'grant deleted, given', 'role edited'],
      requests: 150_000,
      stopAtFirst: true,
      limitMs: 15_000,
      ...options,
    })

  it.each(['believed for 100 ms', 'sent before the request'])(
    'a look that is %s',
    async (plant) => {
      const { violations } = await planted(plant)
      expect(violations).not.toEqual([])
    },
  )

  it('changes that arrive by themselves, by LISTEN and NOTIFY', async () => {
    await database.sql(notifying)
    const { violations } = await planted('LISTEN and NOTIFY')
    expect(violations).not.toEqual([])
  })

  it.each([
    ['roles_authority_update', 'roles', 'role edited'],
    ['grants_authority_insert', 'grants', 'grant deleted, given'],
  ])('that the trigger %s is missing', async (trigger, table, scene) => {
    await database.sql(`DROP TRIGGER ${trigger} ON ${table}`)
    const { violations } = await planted('none', { only: [scene] })
    expect(violations).not.toEqual([])
  })

  it('nothing where nothing is planted', async () => {
    const { violations, changes } = await planted('none', { changes: 30, requests: 1000 })
    expect(violations).toEqual([])
    expect(changes).toBeGreaterThan(0)
  })
})
