import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { header, type Scene, sceneOf } from './scene.ts'
import { allowed, startSource } from './source.ts'

let server: TestServer
let scene: Scene
let source: Awaited<ReturnType<typeof startSource>>
let served: string
beforeAll(async () => {
  source = await startSource((_, response) => response.end(served))
  server = await startServer(allowed, null, { withWorker: true })
})
beforeEach(async () => {
  scene = await sceneOf(server)
})
afterAll(async () => {
  await server.close()
  await source.close()
})

const confirm = (id: string) =>
  server.call('POST', `/application-imports/${id}/confirm`, { as: scene.admin.as })

const ten = Array.from({ length: 10 }, (_, n) => `a${n},,read`)
const csv = (rows: string[]) => `${header}${rows.join('\n')}\n`

describe('POST /application-imports/{id}/confirm', () => {
  it('lets an import go on that changes more than the application allows', async () => {
    await scene.imported(csv(ten))
    const paused = await scene.imported(csv([...ten.slice(0, 4), 'a4,,write']))
    expect(paused).toMatchObject({
      status: 'paused',
      build_end: null,
      metrics: { accounts: 5, removed_accounts: 5, new_accounts: 0, change_percent: 60 },
      log: 'this changes 60 % of the accounts, more than the 50 % that the application allows (0 new, 5 removed): confirm it, or cancel it',
    })
    expect(await scene.accounts()).toHaveLength(10)

    const { status, body } = await confirm(paused.id)

    expect(status).toBe(200)
    expect(body).toMatchObject({ status: 'pending', log: null })
    expect(await scene.settled(paused.id)).toMatchObject({ status: 'finished', log: null })
    expect(await scene.accounts()).toHaveLength(5)
    expect((await scene.events(paused.id)).map(({ action }) => action)).toEqual([
      'application_import.created',
      'application_import.started',
      'application_import.paused',
      'application_import.confirmed',
      'application_import.started',
      'application_import.finished',
    ])
  })

  it('is not needed where there was nothing before, where it is little, or where no limit is set', async () => {
    expect(await scene.imported(csv(ten))).toMatchObject({ status: 'finished' })
    expect(await scene.imported(csv(ten.slice(5)))).toMatchObject({
      status: 'finished',
      metrics: { removed_accounts: 5, removed_privileges: 5, change_percent: 50 },
    })
    const free = await server.given.application(scene.tenant.id, {
      change_threshold_percent: null,
      accounts: [['grace', null, ['read']]],
    })
    expect(await scene.imported(csv(ten), free)).toMatchObject({
      status: 'finished',
      metrics: { new_accounts: 10, removed_accounts: 1, change_percent: 1100 },
    })
  })

  it('takes what was shown, whatever the source holds by now', async () => {
    const application = await server.given.application(scene.tenant.id, {
      import_schedule: source.schedule,
      accounts: [['grace', null, ['read']]],
    })
    served = csv(ten)
    const body = { application_id: application.id }
    const { as } = scene.admin
    const staged = await server.call('POST', '/application-imports/stage', { as, body })
    expect(await scene.settled(staged.body.id)).toMatchObject({ status: 'paused' })
    served = csv(['eve,,all'])
    await confirm(staged.body.id)
    expect(await scene.settled(staged.body.id)).toMatchObject({ status: 'finished' })
    expect(await scene.accounts(application.id)).toHaveLength(10)
  })

  it('takes what was fetched then, and asks the source no more, where its rows are gone', async () => {
    const application = await server.given.application(scene.tenant.id, {
      import_schedule: source.schedule,
      accounts: [['grace', null, ['read']]],
    })
    served = csv(ten)
    const body = { application_id: application.id }
    const { as } = scene.admin
    const { id } = (await server.call('POST', '/application-imports/stage', { as, body })).body
    await scene.settled(id)
    served = csv(['eve,,all'])
    // As after a crash of PostgreSQL, which empties what is unlogged.
    await server.database.sql('TRUNCATE import_rows')
    await confirm(id)
    expect(await scene.settled(id)).toMatchObject({ status: 'finished', files: [] })
    expect(await scene.accounts(application.id)).toHaveLength(10)
  })

  it('reads an uploaded file again where its rows are gone', async () => {
    await scene.imported(csv(ten))
    const paused = await scene.imported(csv(['eve,,all']))
    await server.database.sql('TRUNCATE import_rows')
    await confirm(paused.id)
    expect(await scene.settled(paused.id)).toMatchObject({ status: 'finished' })
    expect(await scene.accounts()).toEqual([{ account: 'eve', email: null, privileges: ['all'] }])
  })

  it('must be given anew where it would change something else by now', async () => {
    await scene.imported(csv(ten))
    const paused = await scene.imported(csv(['eve,,all']))
    await server.database.sql(
      `INSERT INTO application_accounts (application_id, account, privileges) VALUES ($1, 'zoe', '{}')`,
      [scene.application.id],
    )
    await confirm(paused.id)
    expect(await scene.settled(paused.id)).toMatchObject({
      status: 'paused',
      metrics: { removed_accounts: 11 },
    })
    expect(await scene.accounts()).toHaveLength(11)
    await confirm(paused.id)
    expect(await scene.settled(paused.id)).toMatchObject({ status: 'finished' })
    expect(await scene.accounts()).toHaveLength(1)
  })

  it('is refused where a later import has finished meanwhile', async () => {
    await scene.imported(csv(ten))
    const paused = await scene.imported(csv(['eve,,all']))
    const later = await scene.imported(csv([...ten, 'b,,read']))
    expect(later.status).toBe('finished')
    const before = await server.traces()
    const { status, body } = await confirm(paused.id)
    expect(status).toBe(409)
    expect(body.message).toContain(`${later.number}`)
    expect(await server.traces()).toEqual(before)
  })

  it.each(['pending', 'running', 'canceling', 'canceled', 'finished', 'failed'])(
    'answers 409 to one that is %s',
    async (status) => {
      const id = await server.given.applicationImport(scene.application.id, status)
      const before = await server.traces()
      expect((await confirm(id)).status).toBe(409)
      expect(await server.traces()).toEqual(before)
    },
  )
})
