import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { fieldsOf, instant, refused } from '../users/expected.ts'

let server: TestServer
let writer: string
beforeAll(async () => {
  server = await startServer()
  writer = (await server.given.person({ grants: [{ permissions: ['permissions.write'] }] })).as
})
afterAll(() => server.close())

const register = (body: Record<string, unknown>) =>
  server.call('POST', '/permissions', { as: writer, body: { description: 'Does it', ...body } })

type BuiltIn = { permissions: string[]; version: number }
async function role(name: string): Promise<BuiltIn> {
  const [row] = await server.database.sql<BuiltIn>(
    'SELECT permissions, version FROM roles WHERE name = $1',
    [name],
  )
  return row as BuiltIn
}

describe('POST /permissions, 201', () => {
  it('adds to the catalogue a permission of tenants, unless told otherwise', async () => {
    const { status, body } = await register({ name: 'policies.quote' })
    expect(status).toBe(201)
    expect(body).toEqual({
      name: 'policies.quote',
      scope: 'tenant',
      description: 'Does it',
      built_in: false,
      created_at: instant,
    })
    expect((await register({ name: 'policies.tariff', scope: 'platform' })).body.scope).toBe(
      'platform',
    )
  })

  it('adds it at once to the built-in roles whose definition it meets', async () => {
    await register({ name: 'claims.read' })
    await register({ name: 'claims.settle' })
    await register({ name: 'ledgers.read', scope: 'platform' })
    const holds = async (name: string) => {
      const { permissions } = await role(name)
      return ['claims.read', 'claims.settle', 'ledgers.read'].filter((one) =>
        permissions.includes(one),
      )
    }
    expect(await holds('tenant-admin')).toEqual(['claims.read', 'claims.settle'])
    expect(await holds('read-only')).toEqual(['claims.read', 'ledgers.read'])
  })

  it('raises the version of a role that it changes, and of no other', async () => {
    const before = [await role('tenant-admin'), await role('read-only'), await role('admin')]
    await register({ name: 'drivers.insure' })
    const after = [await role('tenant-admin'), await role('read-only'), await role('admin')]
    const versions = (roles: BuiltIn[]) => roles.map(({ version }) => version)
    const [first = 0, second = 0, third = 0] = versions(before)
    expect(versions(after)).toEqual([first + 1, second, third])
  })

  it('gives it at once to who holds everything, in session and in a role', async () => {
    const { given, call } = server
    const administrator = await given.admin()
    const tenant = await given.tenant()
    const tenantAdministrator = await given.person({
      tenants: [tenant.id],
      grants: [{ role: 'tenant-admin', tenant_id: tenant.id }],
    })
    await register({ name: 'fleets.read' })
    for (const { as } of [administrator, tenantAdministrator]) {
      const path = `/me/authority?permission=fleets.read&tenant_id=${tenant.id}`
      expect((await call('GET', path, { as })).body.allowed).toBe(true)
    }
  })

  it('loses none of many that are registered at the same moment', async () => {
    const names = Array.from({ length: 8 }, (_, at) => `many.action_${at}`)
    const answers = await Promise.all(names.map((name) => register({ name })))
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 201))
    expect((await role('tenant-admin')).permissions).toEqual(expect.arrayContaining(names))
  })
})

describe('POST /permissions, 400', () => {
  const names: [string, unknown][] = [
    ['empty', ''],
    ['without an action', 'policies'],
    ['with an empty action', 'policies.'],
    ['with an empty resource', '.quote'],
    ['with three parts', 'policies.fire.quote'],
    ['with a wildcard', 'policies.*'],
    ['in upper case', 'Policies.quote'],
    ['that begins with a digit', '1policies.quote'],
    ['with a hyphen', 'fire-policies.quote'],
    ['with a space', 'policies.quote '],
    ['with a line break after it', 'policies.quote\n'],
    ['with NUL', 'policies.quote\0'],
    ['whose resource has 51 characters', `${'a'.repeat(51)}.quote`],
    ['whose action has 51 characters', `policies.${'a'.repeat(51)}`],
    ['left out', undefined],
    ['null', null],
    ['an object', { not: '' }],
  ]
  const others: [string, Record<string, unknown>, string][] = [
    ['a scope of another word', { scope: 'global' }, 'scope'],
    ['a scope null', { scope: null }, 'scope'],
    ['a scope that is an object', { scope: { not: '' } }, 'scope'],
    ['a description left out', { description: undefined }, 'description'],
    ['a description of 501 characters', { description: 'a'.repeat(501) }, 'description'],
    ['a description with NUL', { description: '\0' }, 'description'],
    ['the unknown field built_in', { built_in: true }, 'built_in'],
    ['the unknown field created_at', { created_at: '2026-01-01T00:00:00Z' }, 'created_at'],
  ]
  const refusedFor = async (change: Record<string, unknown>, field: string) => {
    const body = { name: 'refused.one', description: 'Does it', ...change }
    const answer = await refused(server, 'POST', '/permissions', { as: writer, body })
    expect([answer.status, answer.body.error]).toEqual([400, 'validation_error'])
    expect(fieldsOf(answer.body)).toEqual([field])
  }

  it.each(names)('refuses a name %s', (_, name) => refusedFor({ name }, 'name'))
  it.each(others)('refuses %s', (_, change, field) => refusedFor(change, field))
  it.each(['users.fly', 'settings.delete', 'personnel_events.bulk'])(
    'refuses %s, whose resource is built in',
    (name) => refusedFor({ name }, 'name'),
  )
})

describe('POST /permissions, 403 and 409', () => {
  it('refuses who does not hold the permission on the platform', async () => {
    const { as } = await server.given.person({
      tenants: ['any'],
      grants: [{ role: 'tenant-admin' }, { role: 'read-only' }],
    })
    const body = { name: 'refused.two', description: 'Does it' }
    const answer = await refused(server, 'POST', '/permissions', { as, body })
    expect(answer.status).toBe(403)
    expect(answer.body.details).toEqual({
      permission: 'permissions.write',
      tenant_id: null,
      leg: 'owner_permission',
    })
  })

  it('refuses a name that is registered, whatever its scope', async () => {
    await register({ name: 'twice.done' })
    for (const scope of ['tenant', 'platform']) {
      const body = { name: 'twice.done', scope, description: 'Again' }
      const answer = await refused(server, 'POST', '/permissions', { as: writer, body })
      expect([answer.status, answer.body.error]).toEqual([409, 'conflict'])
      expect(fieldsOf(answer.body)).toEqual(['name'])
    }
  })
})
