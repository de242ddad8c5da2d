import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { fieldsOf, instant, refused, unknownId, uuid7 } from '../users/expected.ts'

let server: TestServer
let writer: string
beforeAll(async () => {
  server = await startServer()
  writer = (await server.given.person({ grants: [{ permissions: ['roles.write'] }] })).as
})
afterAll(() => server.close())

let serial = 0
const newBody = () => ({ name: `role-${++serial}`, permissions: ['users.read'] })

describe('POST /roles, 201', () => {
  it('creates a role with its permissions in order', async () => {
    const body = {
      name: 'claims-clerk',
      description: 'Handles claims',
      permissions: ['users.read', 'tenants.*', 'audit.read'],
    }
    const answer = await server.call('POST', '/roles', { as: writer, body })
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({
      id: uuid7,
      name: 'claims-clerk',
      description: 'Handles claims',
      permissions: ['audit.read', 'tenants.*', 'users.read'],
      built_in: false,
      version: 1,
      created_at: instant,
    })
  })

  it('takes a description that is left out for an empty one', async () => {
    const { body } = await server.call('POST', '/roles', { as: writer, body: newBody() })
    expect(body.description).toBe('')
  })

  it.each([[['*.*']], [['users.*']], [['users.*', 'users.read']], [['settings.write']]])(
    'accepts %j, which gives nothing before it is granted',
    async (permissions) => {
      const body = { ...newBody(), permissions }
      const answer = await server.call('POST', '/roles', { as: writer, body })
      expect([answer.status, answer.body.permissions]).toEqual([201, permissions])
    },
  )

  it('accepts what the host product has registered', async () => {
    const { given, call } = server
    const { as } = await given.admin()
    const permission = { name: 'policies.quote', description: 'Quote a policy' }
    await call('POST', '/permissions', { as, body: permission })
    for (const permissions of [['policies.quote'], ['policies.*']]) {
      const body = { ...newBody(), permissions }
      expect((await call('POST', '/roles', { as, body })).status).toBe(201)
    }
  })
})

describe('POST /roles, 400', () => {
  const names: [string, unknown][] = [
    ['empty', ''],
    ['of spaces', '  '],
    ['on two lines', 'a\nb'],
    ['of 101 characters', 'a'.repeat(101)],
    ['with NUL', 'a\0b'],
    ['left out', undefined],
    ['an object', { not: '' }],
  ]
  const descriptions: [string, unknown][] = [
    ['of 501 characters', 'a'.repeat(501)],
    ['with NUL', 'a\0b'],
    ['null', null],
    ['an object', { not: '' }],
  ]
  const permissionLists: [string, unknown][] = [
    ['left out', undefined],
    ['empty', []],
    ['a string', 'users.read'],
    ['with one twice', ['users.read', 'users.read']],
    ['with an action of every resource', ['*.read']],
    ['with a bare star', ['*']],
    ['with a part of a word', ['user*.read']],
    ['with a part of an action', ['users.re*']],
    ['with three parts', ['users.tokens.read']],
    ['without an action', ['users']],
    ['in upper case', ['Users.read']],
    ['with a space', ['users.read ']],
    ['with NUL', ['users.read\0']],
    ['with an object', [{ not: '' }]],
    ['with null', [null]],
  ]
  const refusedFor = async (change: Record<string, unknown>, field: string) => {
    const body = { ...newBody(), ...change }
    const answer = await refused(server, 'POST', '/roles', { as: writer, body })
    expect([answer.status, answer.body.error]).toEqual([400, 'validation_error'])
    expect(fieldsOf(answer.body)).toEqual([field])
    return answer.body
  }

  it.each(names)('refuses a name %s', async (_, name) => void (await refusedFor({ name }, 'name')))
  it.each(descriptions)('refuses a description %s', async (_, description) => {
    await refusedFor({ description }, 'description')
  })
  it.each(permissionLists)('refuses permissions %s', async (_, permissions) => {
    await refusedFor({ permissions }, 'permissions')
  })
  it.each(['id', 'built_in', 'version', 'created_at'])(
    'refuses the unknown field %s',
    async (field) => void (await refusedFor({ [field]: unknownId }, field)),
  )

  it.each(['users.fly', 'claims.read', 'claims.*'])('refuses %s, naming it', async (unknown) => {
    const body = await refusedFor({ permissions: ['users.read', unknown] }, 'permissions')
    expect(body.errors[0].message).toContain(unknown)
  })
})

describe('POST /roles, 403 and 409', () => {
  it('refuses who does not hold the permission on the platform', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const { as } = await given.person({
      tenants: ['any'],
      grants: [
        { role: 'tenant-admin' },
        { role: 'read-only' },
        { permissions: ['roles.write'], tenant_id: tenant.id },
      ],
    })
    const { status, body } = await refused(server, 'POST', '/roles', { as, body: newBody() })
    expect(status).toBe(403)
    expect(body.details).toEqual({
      permission: 'roles.write',
      tenant_id: null,
      leg: 'owner_permission',
    })
  })

  it('refuses a name that a role has, even a built-in one', async () => {
    const { given, call } = server
    const body = newBody()
    await call('POST', '/roles', { as: writer, body })
    for (const name of [body.name, 'admin']) {
      const answer = await refused(server, 'POST', '/roles', {
        as: (await given.admin()).as,
        body: { ...body, name },
      })
      expect([answer.status, answer.body.error]).toEqual([409, 'conflict'])
      expect(fieldsOf(answer.body)).toEqual(['name'])
    }
  })
})
