import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import {
  fieldsOf,
  idsOfNothing,
  instant,
  refused,
  unknownId,
  withoutId,
} from '../users/expected.ts'

let server: TestServer
let writer: string
beforeAll(async () => {
  server = await startServer()
  writer = (await server.given.person({ grants: [{ permissions: ['roles.write'] }] })).as
})
afterAll(() => server.close())

let serial = 0
const newName = () => `renamed-${++serial}`

type Body = Record<string, unknown>
const patch = (id: string, body: Body, as = writer) =>
  server.call('PATCH', `/roles/${id}`, { as, body })

type Row = { name: string; description: string; permissions: string[]; version: number }
async function stored(id: string): Promise<Row | undefined> {
  const sql = 'SELECT name, description, permissions, version FROM roles WHERE id = $1'
  return (await server.database.sql<Row>(sql, [id]))[0]
}

/** A patch that must be refused and leave the role exactly as it was. */
async function refusedPatch(id: string, body: Body, as = writer) {
  const before = await stored(id)
  const answer = await refused(server, 'PATCH', `/roles/${id}`, { as, body })
  expect(await stored(id)).toEqual(before)
  return answer
}

/** Gives a role that is there already. */
async function giveRole(user_id: string, role_id: string, tenant_id: string | null = null) {
  await server.database.sql(
    'INSERT INTO grants (id, user_id, role_id, tenant_id) VALUES (gen_random_uuid(), $1, $2, $3)',
    [user_id, role_id, tenant_id],
  )
}

describe('PATCH /roles/{id}, 200', () => {
  it('changes what the body names, puts permissions in order and counts the version', async () => {
    const id = await server.given.role(['users.read'])
    const name = newName()
    const body = {
      version: 1,
      name,
      description: 'Handles claims',
      permissions: ['users.read', 'tenants.*', 'audit.read'],
    }
    const answer = await patch(id, body)
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({
      id,
      name,
      description: 'Handles claims',
      permissions: ['audit.read', 'tenants.*', 'users.read'],
      built_in: false,
      version: 2,
      created_at: instant,
    })
    const { as } = await server.given.admin()
    expect((await server.call('GET', `/roles/${id}`, { as })).body).toEqual(answer.body)
  })

  it.each<[string, Body]>([
    ['name', { name: 'alone' }],
    ['description', { description: 'Alone' }],
    ['permissions', { permissions: ['users.create'] }],
  ])('changes the %s alone and leaves the rest', async (_, change) => {
    const id = await server.given.role(['users.read'])
    const before = await stored(id)
    expect((await patch(id, { version: 1, ...change })).status).toBe(200)
    expect(await stored(id)).toEqual({ ...before, ...change, version: 2 })
  })

  it('empties a description', async () => {
    const id = await server.given.role(['users.read'])
    await patch(id, { version: 1, description: 'Reads' })
    expect((await patch(id, { version: 2, description: '' })).body.description).toBe('')
  })

  it('takes its own name again, and one that another role has given up', async () => {
    const [a, b] = [
      await server.given.role(['users.read']),
      await server.given.role(['users.read']),
    ]
    const name = `role-${a}`
    expect((await patch(a, { version: 1, name, description: 'x' })).status).toBe(200)
    await patch(a, { version: 2, name: newName() })
    expect((await patch(b, { version: 1, name })).status).toBe(200)
  })

  it('accepts a change based on the version that the last one answered', async () => {
    const id = await server.given.role(['users.read'])
    let version = 1
    for (let round = 0; round < 3; round += 1) {
      const answer = await patch(id, { version, name: newName() })
      expect([answer.status, answer.body.version]).toEqual([200, version + 1])
      version = answer.body.version
    }
  })

  it.each<[string, (row: Row) => Body]>([
    ['nothing but the version', () => ({})],
    [
      'what the role is already',
      ({ name, description, permissions }) => ({
        name,
        description,
        permissions: [...permissions].reverse(),
      }),
    ],
  ])('leaves role, version and audit log alone when the body brings %s', async (_, change) => {
    const id = await server.given.role(['tenants.read', 'users.read'])
    const [row, before] = [await stored(id), await server.traces()]
    const answer = await patch(id, { version: 1, ...change(row as Row) })
    expect([answer.status, answer.body.version]).toEqual([200, 1])
    expect(await stored(id)).toEqual(row)
    expect(await server.traces()).toEqual(before)
  })

  it('lets a token change roles that stores the permission', async () => {
    const { given } = server
    const id = await given.role(['users.read'])
    const { as } = await given.token((await given.admin()).id, { permissions: ['roles.write'] })
    expect((await patch(id, { version: 1, name: newName() }, as)).status).toBe(200)
  })
})

describe('PATCH /roles/{id}, whom it reaches', () => {
  const statuses = async (path: string, people: { as: string }[]) => {
    const answers = await Promise.all(people.map(({ as }) => server.call('GET', path, { as })))
    return answers.map(({ status }) => status)
  }

  it('is in force at once for every holder and their tokens, both ways', async () => {
    const { given } = server
    const admin = await given.admin()
    const tenant = await given.tenant()
    const role = await given.role(['tenants.read', 'users.read'])
    const [here, everywhere] = [
      await given.person({ tenants: [tenant.id] }),
      await given.person({ tenants: ['any'] }),
    ]
    await giveRole(here.id, role, tenant.id)
    await giveRole(everywhere.id, role)
    const store = { permissions: ['tenants.read', 'users.read'], tenants: [tenant.id] }
    const tokens = [await given.token(here.id, store), await given.token(everywhere.id, store)]
    const all = [here, everywhere, ...tokens]
    const path = `/tenants/${tenant.id}`
    expect(await statuses(path, all)).toEqual([200, 200, 200, 200])

    await patch(role, { version: 1, permissions: ['users.read'] })
    expect(await statuses(path, all)).toEqual([403, 403, 403, 403])
    expect(await statuses('/users', all)).toEqual([200, 200, 200, 200])

    await patch(role, { version: 2, permissions: ['tenants.read', 'users.read'] }, admin.as)
    expect(await statuses(path, all)).toEqual([200, 200, 200, 200])
  })

  it('gives a token nothing that it does not store', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const role = await given.role(['users.read'])
    const holder = await given.person({ tenants: [tenant.id] })
    await giveRole(holder.id, role, tenant.id)
    const token = await given.token(holder.id, { permissions: ['users.read'], tenants: ['any'] })
    const permissions = ['tenants.read', 'users.read']
    const admin = await given.admin()
    expect((await patch(role, { version: 1, permissions }, admin.as)).status).toBe(200)
    expect(await statuses(`/tenants/${tenant.id}`, [holder, token])).toEqual([200, 403])
  })

  it('touches nobody who does not hold the role', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const [role, other] = [await given.role(['tenants.read']), await given.role(['tenants.read'])]
    const person = await given.person({ tenants: [tenant.id] })
    await giveRole(person.id, other, tenant.id)
    await patch(role, { version: 1, permissions: ['users.read'] })
    expect(await statuses(`/tenants/${tenant.id}`, [person])).toEqual([200])
  })
})

describe('PATCH /roles/{id}, 400', () => {
  it.each<[string, Body, string[]]>([
    ['no version', { name: 'x' }, ['version']],
    ['version 0', { version: 0 }, ['version']],
    ['a negative version', { version: -1 }, ['version']],
    ['a broken version', { version: 1.5 }, ['version']],
    ['a version in quotes', { version: '1' }, ['version']],
    ['null for a version', { version: null }, ['version']],
    ['an empty name', { version: 1, name: '' }, ['name']],
    ['a name of 101 characters', { version: 1, name: 'a'.repeat(101) }, ['name']],
    ['a name on two lines', { version: 1, name: 'a\nb' }, ['name']],
    ['null for a name', { version: 1, name: null }, ['name']],
    ['a name with NUL', { version: 1, name: 'a\0b' }, ['name']],
    [
      'a description of 501 characters',
      { version: 1, description: 'a'.repeat(501) },
      ['description'],
    ],
    ['null for a description', { version: 1, description: null }, ['description']],
    ['no permission at all', { version: 1, permissions: [] }, ['permissions']],
    ['null for permissions', { version: 1, permissions: null }, ['permissions']],
    ['one twice', { version: 1, permissions: ['users.read', 'users.read'] }, ['permissions']],
    ['an action of every resource', { version: 1, permissions: ['*.read'] }, ['permissions']],
    ['an unknown permission', { version: 1, permissions: ['users.fly'] }, ['permissions']],
    ['an unknown resource', { version: 1, permissions: ['claims.*'] }, ['permissions']],
    ['built_in', { version: 1, built_in: true }, ['built_in']],
    ['an id', { version: 1, id: unknownId }, ['id']],
    ['a field of no role', { version: 1, tenant_id: null }, ['tenant_id']],
  ])('refuses %s', async (_, body, fields) => {
    const id = await server.given.role(['users.read'])
    const answer = await refusedPatch(id, body)
    expect([answer.status, answer.body.error]).toEqual([400, 'validation_error'])
    expect(fieldsOf(answer.body)).toEqual(fields)
  })

  it('names the permission that is unknown, and changes nothing else of the body either', async () => {
    const id = await server.given.role(['users.read'])
    const body = { version: 1, name: newName(), permissions: ['users.read', 'users.fly'] }
    const answer = await refusedPatch(id, body)
    expect(answer.body.errors[0].message).toContain('users.fly')
  })
})

describe('PATCH /roles/{id}, 403: what is added is given to every holder', () => {
  const editorWith = (...permissions: string[]) =>
    server.given.person({
      tenants: ['any'],
      grants: [{ permissions: ['roles.write', ...permissions] }],
    })
  const adding = (permission: string) => ({ version: 1, permissions: ['users.read', permission] })
  const grantedIn = async (tenant_id: string | null, tenants = tenant_id ? [tenant_id] : []) => {
    const role = await server.given.role(['users.read'])
    await giveRole((await server.given.person({ tenants })).id, role, tenant_id)
    return role
  }

  it('refuses who lacks the permission in the tenant where the role is granted', async () => {
    const { given } = server
    const [held, lacking] = [await given.tenant(), await given.tenant()]
    const editor = await given.person({
      tenants: [held.id, lacking.id],
      grants: [
        { permissions: ['roles.write'] },
        { permissions: ['users.create'], tenant_id: held.id },
      ],
    })
    const role = await grantedIn(lacking.id)
    const answer = await refusedPatch(role, adding('users.create'), editor.as)
    expect(answer.status).toBe(403)
    expect(answer.body.details).toEqual({
      permission: 'users.create',
      tenant_id: lacking.id,
      leg: 'owner_permission',
    })
    const elsewhere = await grantedIn(held.id)
    expect((await patch(elsewhere, adding('users.create'), editor.as)).status).toBe(200)
  })

  it('refuses who holds it in all places of the role but one, which it does not name where that is not the caller’s business', async () => {
    const { given } = server
    const [own, foreign] = [await given.tenant(), await given.tenant()]
    const editor = await given.person({
      tenants: [own.id],
      grants: [{ permissions: ['roles.write', 'users.create'] }],
    })
    const role = await grantedIn(own.id)
    await giveRole((await given.person({ tenants: [foreign.id] })).id, role, foreign.id)
    const answer = await refusedPatch(role, adding('users.create'), editor.as)
    expect([answer.status, answer.body.details.tenant_id]).toEqual([403, null])
    expect(answer.text).not.toContain(foreign.id)
  })

  it.each(['roles.read', 'users.create'])(
    'refuses who lacks %s for all tenants where the role is granted without one',
    async (permission) => {
      const { given } = server
      const tenant = await given.tenant()
      const role = await grantedIn(null, [tenant.id])
      const here = await given.person({
        tenants: [tenant.id],
        grants: [
          { permissions: ['roles.write'] },
          { permissions: [permission], tenant_id: tenant.id },
        ],
      })
      const answer = await refusedPatch(role, adding(permission), here.as)
      expect(answer.status).toBe(403)
      expect(answer.body.details).toMatchObject({ permission, leg: 'owner_permission' })
      const { as } = await editorWith(permission)
      expect((await patch(role, adding(permission), as)).status).toBe(200)
    },
  )

  it('refuses who holds the permission without reaching every tenant that such a grant may come to reach', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const role = await grantedIn(null, [tenant.id])
    const near = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['roles.write', 'users.create'] }],
    })
    expect((await refusedPatch(role, adding('users.create'), near.as)).status).toBe(403)
  })

  it.each([
    ['users.*', ['users.create', 'users.read', 'users.update', 'users.deactivate', 'users.grants']],
    ['*.*', ['users.*', 'roles.*', 'tenants.*']],
  ])('takes %s for more than what it means today', async (wildcard, held) => {
    const tenant = await server.given.tenant()
    const { as } = await editorWith(...held)
    const answer = await refusedPatch(await grantedIn(tenant.id), adding(wildcard), as)
    expect([answer.status, answer.body.details.permission]).toEqual([403, wildcard])
  })

  it('refuses the token whose owner holds the permission and which does not store it', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const { as } = await given.token((await given.admin()).id, {
      permissions: ['roles.write'],
      tenants: ['any'],
    })
    const answer = await refusedPatch(await grantedIn(tenant.id), adding('users.create'), as)
    expect(answer.status).toBe(403)
    expect(answer.body.details).toEqual({
      permission: 'users.create',
      tenant_id: tenant.id,
      leg: 'token_permission',
    })
  })

  it('keeps a person from adding to a role of their own', async () => {
    const { given } = server
    const role = await given.role(['roles.write'])
    const editor = await given.person({ tenants: ['any'] })
    await giveRole(editor.id, role)
    for (const permission of ['*.*', 'roles.*', 'settings.write', 'users.read']) {
      const body = { version: 1, permissions: ['roles.write', permission] }
      expect((await refusedPatch(role, body, editor.as)).status).toBe(403)
    }
  })

  it('counts the holders who are deactivated: they may come back', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const role = await given.role(['users.read'])
    const holder = await given.person({ tenants: [tenant.id], status: 'deactivated' })
    await giveRole(holder.id, role, tenant.id)
    const { as } = await editorWith()
    expect((await refusedPatch(role, adding('users.create'), as)).status).toBe(403)
  })

  it('needs nothing held for a role that is granted nowhere, nor for what is kept or taken', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const free = await given.role(['users.read'])
    expect((await patch(free, adding('*.*'))).status).toBe(200)

    const role = await given.role(['audit.read', 'settings.write', 'users.read'])
    await giveRole((await given.person({ tenants: [tenant.id] })).id, role, tenant.id)
    const kept = { version: 1, permissions: ['settings.write', 'users.read'] }
    expect((await patch(role, kept)).status).toBe(200)
    expect((await patch(role, { version: 2, name: newName() })).status).toBe(200)
  })
})

describe('PATCH /roles/{id}, 401, 403 and 404', () => {
  it('refuses a call without a credential', async () => {
    const id = await server.given.role(['users.read'])
    const before = await stored(id)
    const body = { version: 1, name: newName() }
    expect((await refused(server, 'PATCH', `/roles/${id}`, { body })).status).toBe(401)
    expect(await stored(id)).toEqual(before)
  })

  it('refuses who does not hold the permission on the platform, whether or not the role is there', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const { as } = await given.person({
      tenants: ['any'],
      grants: [
        { role: 'tenant-admin' },
        { role: 'read-only' },
        { role: 'admin', tenant_id: tenant.id },
      ],
    })
    const body = { version: 1, name: newName() }
    for (const id of [await given.role(['users.read']), unknownId]) {
      const { status, body: answer } = await refusedPatch(id, body, as)
      expect(status).toBe(403)
      expect(answer.details).toEqual({
        permission: 'roles.write',
        tenant_id: null,
        leg: 'owner_permission',
      })
    }
  })

  it('answers 404 alike for every id of nothing', async () => {
    const options = { as: writer, body: { version: 1, name: newName() } }
    const unknown = await refused(server, 'PATCH', `/roles/${unknownId}`, options)
    for (const id of ['admin', ...idsOfNothing]) {
      const { status, body } = await refused(server, 'PATCH', `/roles/${id}`, options)
      expect([id, status]).toEqual([id, 404])
      expect(withoutId(body)).toEqual(withoutId(unknown.body))
    }
  })
})

describe('PATCH /roles/{id}, 409', () => {
  it('refuses a change based on another version than the one there is, and tells which that is', async () => {
    const id = await server.given.role(['users.read'])
    await patch(id, { version: 1, name: newName() })
    for (const version of [1, 3, 2 ** 31, Number.MAX_SAFE_INTEGER]) {
      const { status, body } = await refusedPatch(id, { version, name: newName() })
      expect([status, body.error]).toEqual([409, 'conflict'])
      expect(fieldsOf(body)).toEqual(['version'])
      expect(body.message).toContain('version 2')
    }
  })

  it.each(['admin', 'tenant-admin', 'read-only', 'service-account-operator'])(
    'refuses the built-in role %s to anyone, whatever is to change',
    async (name) => {
      const { given } = server
      const [id, { as }] = [await given.roleId(name), await given.admin()]
      for (const change of [{}, { name: newName() }, { permissions: ['users.read'] }]) {
        const { status, body } = await refusedPatch(id, { version: 1, ...change }, as)
        expect([status, body.error]).toEqual([409, 'conflict'])
      }
    },
  )

  it('refuses a name that a role has, even a built-in one, and changes nothing else either', async () => {
    const { given } = server
    const [id, other] = [await given.role(['users.read']), await given.role(['users.read'])]
    for (const name of [`role-${other}`, 'admin']) {
      const { status, body } = await refusedPatch(id, { version: 1, name, description: 'Taken' })
      expect([status, body.error]).toEqual([409, 'conflict'])
      expect(fieldsOf(body)).toEqual(['name'])
      const options = { as: writer, body: { version: 1, name } }
      const rehearsed = await refused(server, 'PATCH', `/roles/${id}?dry_run=true`, options)
      expect(withoutId(rehearsed.body)).toEqual(withoutId(body))
    }
  })
})
