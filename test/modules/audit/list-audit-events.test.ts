import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { fieldsOf, instant, refused, unknownId, uuid7 } from '../users/expected.ts'

let server: TestServer
/** Reads everything. */
let auditor: string
beforeAll(async () => {
  server = await startServer()
  const grants = [{ permissions: ['audit.read'] }]
  auditor = (await server.given.person({ tenants: ['any'], grants })).as
})
afterAll(() => server.close())

type EventFields = {
  at?: string
  actor_id?: string
  action?: string
  target_id?: string
  tenant_ids?: string[]
  before?: unknown
  after?: unknown
  correlation_id?: string
}

/** An event as some operation might have left it. */
async function event(fields: EventFields = {}): Promise<string> {
  const { at = new Date().toISOString(), action = 'thing.done', tenant_ids = [] } = fields
  const id = uuidv7()
  await server.database.sql(
    `INSERT INTO audit_events (id, at, actor_id, actor_name, action, target_type, target_id,
       tenant_ids, before, after, correlation_id)
     VALUES ($1, $2, $3, 'Ada', $4, 'thing', $5, $6, $7, $8, $9)`,
    [
      id,
      at,
      fields.actor_id ?? null,
      action,
      fields.target_id ?? uuidv7(),
      tenant_ids,
      fields.before === undefined ? null : JSON.stringify(fields.before),
      fields.after === undefined ? null : JSON.stringify(fields.after),
      fields.correlation_id ?? null,
    ],
  )
  return id
}

type Query = Record<string, string | number>
function pathOf(query: Query): string {
  const fields = Object.entries(query).map(([key, value]): [string, string] => [key, `${value}`])
  return `/audit-events?${new URLSearchParams(fields)}`
}

async function page(query: Query, as = auditor) {
  const { status, body } = await server.call('GET', pathOf(query), { as })
  expect(status).toBe(200)
  expect(Object.keys(body).sort()).toEqual(['data', 'next_cursor'])
  return { ids: body.data.map(({ id }: { id: string }) => id) as string[], next: body.next_cursor }
}

const idsOf = async (query: Query, as = auditor) => (await page({ limit: 100, ...query }, as)).ids

/** Follows the cursor to the end; `between` happens before each further page. */
async function pages(query: Query, as = auditor, between = async () => {}): Promise<string[][]> {
  const found: string[][] = []
  let cursor: string | null = null
  do {
    if (cursor !== null) await between()
    const { ids, next } = await page({ ...query, ...(cursor !== null && { cursor }) }, as)
    found.push(ids)
    cursor = next
  } while (cursor !== null)
  return found
}

const newAction = () => `thing.x${randomBytes(6).toString('hex')}`
/** The `at`th millisecond of some minute. */
const moment = (at: number) => new Date(Date.UTC(2026, 0, 1) + at).toISOString()
const range = (count: number) => Array.from({ length: count }, (_, at) => at)

describe('GET /audit-events, what it shows', () => {
  it('shows an event with exactly these fields', async () => {
    const { given, call } = server
    const [tenant, admin] = [await given.tenant(), await given.admin()]
    const path = `/tenants/${tenant.id}`
    const done = await call('PATCH', path, { as: admin.as, body: { name: 'Nord' } })
    const answer = await call('GET', pathOf({ target_id: tenant.id }), { as: auditor })
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({
      data: [
        {
          id: uuid7,
          at: instant,
          actor_id: admin.id,
          actor_name: admin.email,
          credential_kind: 'session',
          credential_id: admin.session_id,
          credential_name: null,
          action: 'tenant.updated',
          target_type: 'tenant',
          target_id: tenant.id,
          tenant_ids: [tenant.id],
          before: { name: tenant.slug },
          after: { name: 'Nord' },
          correlation_id: done.headers.get('x-correlation-id'),
          ip: '127.0.0.1',
        },
      ],
      next_cursor: null,
    })
  })

  it('names the token that acted', async () => {
    const { given, call } = server
    const owner = await given.admin()
    const stored = { permissions: ['tenants.retire'], name: 'CI pipeline' }
    const token = await given.token(owner.id, stored)
    const { id } = await given.tenant()
    await call('POST', `/tenants/${id}/suspend`, { as: token.as })
    const { body } = await call('GET', pathOf({ target_id: id }), { as: auditor })
    expect(body.data).toMatchObject([
      {
        actor_id: owner.id,
        credential_kind: 'personal_access_token',
        credential_id: token.id,
        credential_name: 'CI pipeline',
      },
    ])
  })

  it('shows what was before and after whole, however it is built', async () => {
    const before = { list: ['a', 1, null, { deep: [true] }], empty: {}, none: null }
    const after = { text: 'ä"\\', number: 1.5 }
    const id = await event({ before, after })
    const { body } = await server.call('GET', pathOf({ limit: 100 }), { as: auditor })
    const found = body.data.find((one: { id: string }) => one.id === id)
    expect(found).toMatchObject({ before, after, actor_id: null, ip: null, correlation_id: null })
    expect([found.before, found.after]).toEqual([before, after])
  })

  it('leaves no trace of its own: reading is no change', async () => {
    const before = await server.traces()
    await page({})
    expect(await server.traces()).toEqual(before)
  })
})

describe('GET /audit-events, pages', () => {
  it('shows the newest first, and of one millisecond the highest id', async () => {
    const action = newAction()
    const ids: string[] = []
    for (const at of [3, 1, 2, 2, 2]) ids.push(await event({ action, at: moment(at) }))
    const [third, first, ...second] = ids as [string, string, ...string[]]
    expect(await idsOf({ action })).toEqual([third, ...second.sort().reverse(), first])
  })

  it.each([
    [7, [3, 3, 1]],
    [6, [3, 3]],
    [3, [3]],
    [1, [1]],
    [0, [0]],
  ])(
    'cuts %i events by threes into pages of %j, the last of which has no cursor',
    async (count, sizes) => {
      const action = newAction()
      for (const at of range(count)) await event({ action, at: moment(at) })
      const found = await pages({ action, limit: 3 })
      expect(found.map(({ length }) => length)).toEqual(sizes)
      expect(new Set(found.flat()).size).toBe(count)
    },
  )

  it('shows 50 where no limit is given', async () => {
    const action = newAction()
    for (const at of range(51)) await event({ action, at: moment(at) })
    const first = await page({ action })
    expect(first.ids).toHaveLength(50)
    expect((await page({ action, cursor: first.next })).ids).toHaveLength(1)
  })

  it.each([1, 2, 5])('cuts within one millisecond, by %i', async (limit) => {
    const action = newAction()
    const ids = await Promise.all(range(7).map(() => event({ action, at: moment(0) })))
    expect((await pages({ action, limit })).flat()).toEqual(ids.sort().reverse())
  })

  it('shows none twice and misses none of those that were there, whatever is added between the pages', async () => {
    const action = newAction()
    const ids: string[] = []
    // Several of each millisecond, so that the pages also end within one.
    for (const at of range(20)) ids.push(await event({ action, at: moment(Math.floor(at / 3)) }))
    const added: string[] = []
    const add = async () => {
      // Newer ones, ones of the very milliseconds of the others, and one that an older transaction brings late.
      for (const at of [100, 3, 0, -100]) added.push(await event({ action, at: moment(at) }))
    }

    const seen = (await pages({ action, limit: 3 }, auditor, add)).flat()

    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.filter((id) => !added.includes(id))).toEqual(await settled(ids))
    expect(added.length).toBeGreaterThan(20)
  })

  it('does so while the API itself writes events all the time', async () => {
    const { given, call } = server
    const [tenant, admin] = [await given.tenant(), await given.admin()]
    const rename = (name: string) =>
      call('PATCH', `/tenants/${tenant.id}`, { as: admin.as, body: { name } })
    for (const at of range(30)) await rename(`Before ${at}`)
    const ids = await idsOf({ target_id: tenant.id })
    expect(ids).toHaveLength(30)
    let isOver = false
    let renamed = 0
    const write = async (writer: number) => {
      while (!isOver) {
        await rename(`Meanwhile ${writer} ${renamed}`)
        renamed += 1
      }
    }

    const writing = [write(1), write(2), write(3)]
    const seen = (await pages({ target_id: tenant.id, limit: 2 })).flat()
    isOver = true
    await Promise.all(writing)

    expect(renamed).toBeGreaterThan(0)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.filter((id) => ids.includes(id))).toEqual(ids)
  })

  it('goes on from where the cursor is, whatever the limit of the next page', async () => {
    const action = newAction()
    for (const at of range(6)) await event({ action, at: moment(at) })
    const all = await idsOf({ action })
    const { next } = await page({ action, limit: 2 })
    expect((await page({ action, limit: 1, cursor: next })).ids).toEqual(all.slice(2, 3))
    expect((await page({ action, limit: 100, cursor: next })).ids).toEqual(all.slice(2))
  })

  /** By time and id, newest first, as they are stored. */
  async function settled(ids: string[]): Promise<string[]> {
    const rows = await server.database.sql<{ id: string }>(
      'SELECT id FROM audit_events WHERE id = ANY($1) ORDER BY at DESC, id DESC',
      [ids],
    )
    return rows.map(({ id }) => id)
  }
})

describe('GET /audit-events, filters', () => {
  it.each<[keyof EventFields & string, () => string]>([
    ['actor_id', uuidv7],
    ['action', newAction],
    ['target_id', uuidv7],
    ['correlation_id', () => randomBytes(16).toString('hex')],
  ])('finds by %s those and no other', async (field, value) => {
    const [wanted, other] = [value(), value()]
    const found = [await event({ [field]: wanted }), await event({ [field]: wanted })]
    await event({ [field]: other })
    await event()
    expect(await idsOf({ [field]: wanted })).toEqual(found.reverse())
    expect(await idsOf({ [field]: value() })).toEqual([])
  })

  it('finds by target what is no id', async () => {
    const { call, given } = server
    const name = `policies.p${randomBytes(6).toString('hex')}`
    const { as } = await given.admin()
    await call('POST', '/permissions', { as, body: { name, description: 'Quote' } })
    expect(await idsOf({ target_id: name })).toHaveLength(1)
  })

  it('finds by tenant every event that touched it, among others or alone', async () => {
    const { given } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const alone = await event({ tenant_ids: [a.id] })
    const both = await event({ tenant_ids: [b.id, a.id] })
    await event({ tenant_ids: [b.id] })
    await event()
    expect(await idsOf({ tenant_id: a.id })).toEqual([both, alone])
    expect(await idsOf({ tenant_id: unknownId })).toEqual([])
  })

  it('finds from an instant on and up to one, which is itself in the first and not in the second', async () => {
    const action = newAction()
    const [first, second, third] = [
      await event({ action, at: moment(1) }),
      await event({ action, at: moment(2) }),
      await event({ action, at: moment(3) }),
    ]
    expect(await idsOf({ action, from: moment(2) })).toEqual([third, second])
    expect(await idsOf({ action, to: moment(2) })).toEqual([first])
    expect(await idsOf({ action, from: moment(2), to: moment(3) })).toEqual([second])
    expect(await idsOf({ action, from: moment(3), to: moment(1) })).toEqual([])
    // The same instant, as a clock elsewhere shows it.
    expect(await idsOf({ action, from: '2026-01-01T05:30:00.003+05:30' })).toEqual([third])
  })

  it('takes all filters together, on every page', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const fields = {
      action: newAction(),
      actor_id: uuidv7(),
      target_id: uuidv7(),
      correlation_id: randomBytes(16).toString('hex'),
    }
    const tenant_ids = [tenant.id]
    const ids: string[] = []
    for (const at of range(5)) {
      ids.push(await event({ ...fields, tenant_ids, at: moment(at) }))
      // Each differs in one thing, and lies between the others.
      await event({ ...fields, tenant_ids, at: moment(at), action: 'thing.other' })
      await event({ ...fields, tenant_ids, at: moment(at), actor_id: uuidv7() })
      await event({ ...fields, tenant_ids, at: moment(at), target_id: uuidv7() })
      await event({ ...fields, tenant_ids, at: moment(at), correlation_id: 'other' })
      await event({ ...fields, at: moment(at) })
    }
    const query = { ...fields, tenant_id: tenant.id, from: moment(1), to: moment(4), limit: 2 }
    expect(await pages(query)).toEqual([[ids[3], ids[2]], [ids[1]]])
  })

  it.each(['action', 'target_id', 'correlation_id'])(
    'takes an empty %s for one that no event has, and not for none asked for',
    async (field) => {
      await event()
      expect(await idsOf({ [field]: '' })).toEqual([])
    },
  )

  it.each([
    ['action', 'thing.%'],
    ['action', 'THING.DONE'],
    ['action', 'thing'],
    ['target_id', '%'],
  ])('takes %s=%s literally', async (field, value) => {
    await event()
    expect(await idsOf({ [field]: value })).toEqual([])
  })
})

describe('GET /audit-events, 400', () => {
  it.each([
    ['limit', '0'],
    ['limit', '101'],
    ['limit', '-1'],
    ['limit', '1.5'],
    ['limit', 'all'],
    ['limit', ''],
    ['actor_id', 'ada'],
    ['actor_id', ''],
    ['actor_id', unknownId.toUpperCase()],
    ['tenant_id', 'any'],
    ['tenant_id', ''],
    ['action', 'a'.repeat(101)],
    ['action', 'a\0'],
    ['target_id', 'a'.repeat(102)],
    ['correlation_id', 'a'.repeat(33)],
    ['from', ''],
    ['from', 'yesterday'],
    ['from', '2026-01-01'],
    ['from', '2026-01-01T00:00:00'],
    ['from', '2026-02-30T00:00:00Z'],
    ['from', '2026-01-01T00:00:00+05'],
    ['from', '2016-12-31T23:59:60Z'],
    ['from', '0000-01-01T00:00:00Z'],
    ['from', '0001-01-01T00:00:00+12:00'],
    ['to', '9999-12-31T23:59:59-12:00'],
    ['to', '2016-12-31T23:59:60Z'],
    ['to', '1767225600000'],
    ['page', '1'],
    ['search', 'ada'],
    ['tenant', unknownId],
  ])('refuses %s=%j, naming it', async (field, value) => {
    const answer = await refused(server, 'GET', pathOf({ [field]: value }), { as: auditor })
    expect([answer.status, answer.body.error]).toEqual([400, 'validation_error'])
    expect(fieldsOf(answer.body)).toEqual([field])
  })

  it.each([1, 100])('accepts the limit %i', async (limit) => {
    await event()
    expect((await page({ limit })).ids.length).toBeLessThanOrEqual(limit)
  })

  const at = '2026-01-01T00:00:00.000Z'
  const ours = `${at} ${unknownId}`
  const encoded = (text: string) => Buffer.from(text).toString('base64url')
  it.each<[string, string]>([
    ['that is empty', ''],
    ['that is a word', 'next'],
    ['that is a page', '2'],
    ['that is an id', unknownId],
    ['that is not encoded', ours],
    ['of another service', encoded('{"page":2}')],
    ['with an offset', encoded('cursor:20')],
    ['without an id', encoded(at)],
    ['without a time', encoded(unknownId)],
    ['whose id is none', encoded(`${at} admin`)],
    ['whose id is in upper case', encoded(`${at} ${unknownId.toUpperCase()}`)],
    ['whose time is none', encoded(`now ${unknownId}`)],
    ['whose time is not in full', encoded(`2026 ${unknownId}`)],
    ['whose time has an offset', encoded(`2026-01-01T00:00:00.000+01:00 ${unknownId}`)],
    ['whose time is before all times', encoded(`-271821-04-20T00:00:00.000Z ${unknownId}`)],
    ['whose time is in the year 0', encoded(`0000-01-01T00:00:00.000Z ${unknownId}`)],
    ['whose time is after all times', encoded(`+275760-09-13T00:00:00.000Z ${unknownId}`)],
    ['with more after it', encoded(`${ours} more`)],
    ['with SQL in it', encoded(`${at} ' OR 1=1 --`)],
    ['with NUL in it', encoded(`${at} \0`)],
    ['with garbage before it', `!${encoded(ours)}`],
    ['with garbage after it', `${encoded(ours)}!!`],
    ['padded', `${encoded(ours)}==`],
    ['of random bytes', randomBytes(40).toString('base64url')],
    ['that is too long', 'a'.repeat(201)],
  ])('refuses a cursor %s, naming it', async (_, cursor) => {
    const answer = await refused(server, 'GET', pathOf({ cursor }), { as: auditor })
    expect([answer.status, answer.body.error]).toEqual([400, 'validation_error'])
    expect(fieldsOf(answer.body)).toEqual(['cursor'])
  })

  it('accepts the cursor whose event nobody has seen: it is a place and no key', async () => {
    expect((await page({ cursor: encoded(ours) })).next).toBeNull()
  })
})

describe('GET /audit-events, who sees what', () => {
  const readerIn = (...tenants: string[]) =>
    server.given.person({ tenants, grants: [{ permissions: ['audit.read'] }] })

  /** Events of one action: one in each tenant by its name, one in both, one in none. */
  async function scene(...types: ('test' | 'production')[]) {
    const { given } = server
    const action = newAction()
    const a = await given.tenant(types[0])
    const b = await given.tenant(types[1])
    const ids = {
      a: await event({ action, tenant_ids: [a.id], at: moment(1) }),
      b: await event({ action, tenant_ids: [b.id], at: moment(2) }),
      both: await event({ action, tenant_ids: [a.id, b.id], at: moment(3) }),
      none: await event({ action, at: moment(4) }),
    }
    const seenBy = async (as: string) => {
      const seen = await idsOf({ action }, as)
      return Object.entries(ids).flatMap(([name, id]) => (seen.includes(id) ? [name] : []))
    }
    return { action, a, b, ids, seenBy }
  }

  it('shows in a tenant only the events that touched it', async () => {
    const { a, b, seenBy } = await scene()
    expect(await seenBy((await readerIn(a.id)).as)).toEqual(['a', 'both'])
    expect(await seenBy((await readerIn(b.id)).as)).toEqual(['b', 'both'])
    expect(await seenBy((await readerIn((await server.given.tenant()).id)).as)).toEqual([])
  })

  it('shows nobody else’s events by any filter', async () => {
    const { a, b, ids, action } = await scene()
    const { as } = await readerIn(a.id)
    expect(await idsOf({ action, tenant_id: a.id }, as)).toEqual([ids.both, ids.a])
    // Not even those that they see: it would tell that these touched the other tenant, too.
    expect(await idsOf({ action, tenant_id: b.id }, as)).toEqual([])
    const target = uuidv7()
    await event({ target_id: target, actor_id: target, correlation_id: 'c', tenant_ids: [b.id] })
    for (const query of [{ target_id: target }, { actor_id: target }, { correlation_id: 'c' }]) {
      expect(await idsOf(query, as)).toEqual([])
    }
  })

  it('shows everything to who reaches all tenants, also what touched none or one that is not active', async () => {
    const { a, b, seenBy } = await scene()
    await server.database.sql(`UPDATE tenants SET status = 'suspended' WHERE id = $1`, [a.id])
    await server.database.sql(`UPDATE tenants SET status = 'retired' WHERE id = $1`, [b.id])
    expect(await seenBy(auditor)).toEqual(['a', 'b', 'both', 'none'])
  })

  it('shows to who reaches all tests, or both types, no event that touched no tenant', async () => {
    const { seenBy } = await scene('test', 'production')
    expect(await seenBy((await readerIn('type:test')).as)).toEqual(['a', 'both'])
    expect(await seenBy((await readerIn('type:test', 'type:production')).as)).toEqual([
      'a',
      'b',
      'both',
    ])
  })

  it('shows nothing of a tenant in the scope where the permission is not granted', async () => {
    const { a, b, seenBy } = await scene()
    const { as } = await server.given.person({
      tenants: [a.id, b.id],
      grants: [
        { permissions: ['audit.read'], tenant_id: a.id },
        { permissions: ['users.read'], tenant_id: b.id },
      ],
    })
    expect(await seenBy(as)).toEqual(['a', 'both'])
  })

  it('shows nothing of a tenant where the permission is granted beyond the scope', async () => {
    const { a, b, seenBy } = await scene()
    const { as } = await server.given.person({
      tenants: [a.id],
      grants: [
        { permissions: ['audit.read'], tenant_id: a.id },
        { permissions: ['audit.read'], tenant_id: b.id },
      ],
    })
    expect(await seenBy(as)).toEqual(['a', 'both'])
  })

  it('shows nothing of a suspended tenant to its own auditor', async () => {
    const { a, b, seenBy } = await scene()
    const { as } = await readerIn(a.id, b.id)
    await server.database.sql(`UPDATE tenants SET status = 'suspended' WHERE id = $1`, [b.id])
    expect(await seenBy(as)).toEqual(['a', 'both'])
  })

  it('shows through a token no more than its tenants', async () => {
    const { given } = server
    const { a, b, seenBy } = await scene()
    const owner = await given.admin()
    const stored = (...tenants: string[]) => ({ permissions: ['audit.read'], tenants })
    expect(await seenBy((await given.token(owner.id, stored(a.id))).as)).toEqual(['a', 'both'])
    const all = await given.token(owner.id, stored('any'))
    expect(await seenBy(all.as)).toEqual(['a', 'b', 'both', 'none'])
    const wide = await given.token((await readerIn(b.id)).id, stored('any'))
    expect(await seenBy(wide.as)).toEqual(['b', 'both'])
  })

  it.each([['any'], ['type:test']])(
    'shows no event of a tenant that has blocked the token, which stores %s',
    async (word) => {
      const { given, database } = server
      const { b, seenBy } = await scene('test', 'test')
      const owner = await given.admin()
      const token = await given.token(owner.id, { permissions: ['audit.read'], tenants: [word] })
      const none = word === 'any' ? ['none'] : []
      expect(await seenBy(token.as)).toEqual(['a', 'b', 'both', ...none])
      await database.sql(
        `INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by) VALUES ($1, $2, '', $3)`,
        [token.id, b.id, owner.id],
      )
      expect(await seenBy(token.as)).toEqual(['a', 'both', ...none])
    },
  )

  it('takes a cursor for a place and not for a right', async () => {
    const { a, ids, action } = await scene()
    const { as } = await readerIn(a.id)
    const { next } = await page({ action, limit: 1 })
    expect((await page({ action, cursor: next }, as)).ids).toEqual([ids.both, ids.a])
  })

  it('goes by what is held when the page is read, and not when the first one was', async () => {
    const { given, call, database } = server
    const { a, b, ids, action } = await scene()
    const reader = await readerIn(a.id, b.id)
    const { ids: seen, next } = await page({ action, limit: 1 }, reader.as)
    expect(seen).toEqual([ids.both])
    await call('DELETE', `/users/${reader.id}/tenants/${b.id}`, { as: (await given.admin()).as })
    expect((await page({ action, cursor: next }, reader.as)).ids).toEqual([ids.a])
    await database.sql('DELETE FROM grants WHERE user_id = $1', [reader.id])
    const answer = await refused(server, 'GET', pathOf({ cursor: next }), { as: reader.as })
    expect(answer.status).toBe(403)
  })

  it('answers who reaches tens of thousands of tenants', async () => {
    const { action, ids } = await scene('production', 'test')
    const { as } = await readerIn('type:production')
    await server.database.sql(
      `INSERT INTO tenants (id, slug, name, type)
       SELECT gen_random_uuid(), 'many-' || n, 'Many', 'production' FROM generate_series(1, 40000) n`,
    )
    expect(await idsOf({ action }, as)).toEqual([ids.both, ids.a])
  })
})

describe('GET /audit-events, 401 and 403', () => {
  it('refuses a call without a credential', async () => {
    expect((await refused(server, 'GET', '/audit-events')).status).toBe(401)
  })

  it('names the permission that is held nowhere', async () => {
    const { as } = await server.given.person({
      tenants: ['any'],
      grants: [{ permissions: ['users.read', 'tenants.read', 'settings.read'] }],
    })
    const { status, body } = await refused(server, 'GET', '/audit-events', { as })
    expect(status).toBe(403)
    expect(body.details).toEqual({
      permission: 'audit.read',
      tenant_id: null,
      leg: 'owner_permission',
    })
  })

  it.each([
    ['does not store the permission', ['users.read'], ['any'], 'token_permission'],
    ['stores no tenant', ['audit.read'], [], 'token_tenant'],
  ])('refuses a token that %s', async (_, permissions, tenants, leg) => {
    const { given } = server
    const token = await given.token((await given.admin()).id, { permissions, tenants })
    const { status, body } = await refused(server, 'GET', '/audit-events', { as: token.as })
    expect([status, body.details.leg]).toEqual([403, leg])
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
    'knows no %s: the log is only read',
    async (method) => {
      const answer = await refused(server, method, '/audit-events', { as: auditor, body: {} })
      expect([answer.status, answer.body.error]).toEqual([405, 'method_not_allowed'])
      expect(answer.headers.get('allow')).toContain('GET')
    },
  )
})
