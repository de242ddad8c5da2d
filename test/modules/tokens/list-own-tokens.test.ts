import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const list = (as: string | null, query = '') => server.call('GET', `/me/tokens${query}`, { as })

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000)
const idsOf = ({ body }: { body: { data: { id: string }[] } }) => body.data.map(({ id }) => id)

/** Five tokens from oldest to newest: revoked, expired, and three that live. */
async function ownerOfFive() {
  const { given } = server
  const owner = await given.person()
  const ids = []
  const endings = [{ revoked: true }, { expires_at: ago(10) }, {}, {}, {}]
  for (const [at, ending] of endings.entries()) {
    ids.push((await given.token(owner.id, { ...ending, created_at: ago(100 - at) })).id)
  }
  return { as: owner.as, owner, ids }
}

describe('GET /me/tokens 200', () => {
  it('lists what lives, newest first', async () => {
    const { as, ids } = await ownerOfFive()

    const answer = await list(as)

    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ total: 3, page: 1, limit: 20 })
    expect(idsOf(answer)).toEqual([ids[4], ids[3], ids[2]])
  })

  it('also lists what has ended where that is asked for', async () => {
    const { as, ids } = await ownerOfFive()

    const answer = await list(as, '?include=ended')

    expect(answer.body.total).toBe(5)
    expect(idsOf(answer)).toEqual([...ids].reverse())
    expect(answer.body.data.map(({ status }: { status: string }) => status)).toEqual([
      'active',
      'active',
      'active',
      'expired',
      'revoked',
    ])
  })

  it('shows of each token what a token has, and nothing of its secret', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const owner = await given.person()
    const token = await given.token(owner.id, { name: 'CI', tenants: [tenant.id] })

    const { body, text } = await list(owner.as)

    expect(body.data).toEqual([
      {
        id: token.id,
        name: 'CI',
        description: null,
        hint: token.as.slice(-4),
        status: 'active',
        created_at: expect.stringMatching(/\.\d{3}Z$/),
        created_by: owner.id,
        expires_at: null,
        last_used_at: null,
        last_used_ip: null,
        permissions: ['tenants.read'],
        tenants: [tenant.id],
        revoked_at: null,
        revoked_by: null,
        revoked_reason: null,
      },
    ])
    expect(text).not.toMatch(/hash|postern_pat_/)
  })

  it('shows nothing of other people, not even to an administrator', async () => {
    await ownerOfFive()
    const admin = await server.given.admin()

    expect((await list(admin.as, '?include=ended')).body).toMatchObject({ data: [], total: 0 })
  })

  it.each(['', '?include=ended'])('shows a token itself only with %j', async (query) => {
    const { owner } = await ownerOfFive()
    const token = await server.given.token(owner.id)

    const answer = await list(token.as, query)

    expect(answer.body.total).toBe(1)
    expect(idsOf(answer)).toEqual([token.id])
  })

  it('finds by part of the name, in any case and literally', async () => {
    const { given } = server
    const { id, as } = await given.person()
    const found = await given.token(id, { name: 'Nightly 100%' })
    await given.token(id, { name: 'CI' })

    expect(idsOf(await list(as, '?search=nIGHT'))).toEqual([found.id])
    expect(idsOf(await list(as, '?search=%25'))).toEqual([found.id])
    expect((await list(as, '?search=_')).body).toMatchObject({ data: [], total: 0 })
  })

  it('turns pages that together hold each token once', async () => {
    const { as, ids } = await ownerOfFive()
    const pages = []
    for (const page of [1, 2, 3, 4]) {
      const answer = await list(as, `?include=ended&limit=2&page=${page}`)
      expect(answer.body).toMatchObject({ total: 5, page, limit: 2 })
      pages.push(idsOf(answer))
    }

    expect(pages).toEqual([[ids[4], ids[3]], [ids[2], ids[1]], [ids[0]], []])
  })

  it('orders what was created in one millisecond by id, the same on each page', async () => {
    const { given } = server
    const owner = await given.person()
    const created_at = ago(50)
    const ids: string[] = []
    for (let at = 0; at < 6; at += 1) ids.push((await given.token(owner.id, { created_at })).id)

    const pages = []
    for (const page of [1, 2, 3]) {
      pages.push(...idsOf(await list(owner.as, `?limit=2&page=${page}`)))
    }

    expect(pages).toEqual([...ids].sort().reverse())
  })
})

describe('GET /me/tokens 400', () => {
  it.each([
    ['limit', 'limit=0'],
    ['limit', 'limit=101'],
    ['limit', 'limit=-1'],
    ['limit', 'limit=1.5'],
    ['limit', 'limit=ten'],
    ['limit', 'limit='],
    ['limit', 'limit=1&limit=2'],
    ['page', 'page=0'],
    ['page', 'page=-1'],
    ['page', 'page=one'],
    ['page', 'page=1000001'],
    ['page', 'page=99999999999999999999'],
    ['include', 'include=all'],
    ['include', 'include='],
    ['owner_id', 'owner_id=1'],
  ])('names %s of ?%s', async (field, query) => {
    const { as } = await server.given.person()

    const { status, body } = await list(as, `?${query}`)

    expect(status).toBe(400)
    expect(body.error).toBe('validation_error')
    expect(body.errors.map((error: { field: string }) => error.field)).toEqual([field])
  })

  it('takes the least and the greatest page size', async () => {
    const { as } = await server.given.person()

    expect((await list(as, '?limit=1')).status).toBe(200)
    expect((await list(as, '?limit=100&page=1000000')).status).toBe(200)
  })
})

describe('GET /me/tokens 401', () => {
  it('comes before a look at the query', async () => {
    expect((await list(null, '?limit=0')).status).toBe(401)
  })
})
