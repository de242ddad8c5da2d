import { describe, expect, it } from 'vitest'
import {
  builtIn,
  builtInPermissions,
  coveredBySome,
  covers,
  isWildcard,
  permissionName,
  permissionPattern,
} from '../../src/access/permissions.ts'

describe('A pattern', () => {
  it.each([
    ['users.read', 'users.read'],
    ['users.*', 'users.read'],
    ['users.*', 'users.*'],
    ['*.*', 'users.read'],
    ['*.*', 'users.*'],
    ['*.*', '*.*'],
  ])('%s holds %s', (pattern, wanted) => {
    expect(covers(pattern, wanted)).toBe(true)
  })

  it.each([
    ['users.read', 'users.readall'],
    ['users.readall', 'users.read'],
    ['users.read', 'users.*'],
    ['users.read', '*.*'],
    ['users.*', '*.*'],
    ['users.*', 'tokens.read'],
    ['users.*', 'users_archive.read'],
    ['user.*', 'users.read'],
    ['users.*', 'user.read'],
    ['users.*', 'super_users.read'],
    ['users.read', 'Users.read'],
    ['users.', 'users.read'],
    ['*', 'users.read'],
    ['*.read', 'users.read'],
    ['', 'users.read'],
  ])('%s does not hold %s', (pattern, wanted) => {
    expect(covers(pattern, wanted)).toBe(false)
  })

  it('is a wildcard only where a star stands for the whole action', () => {
    expect(['users.*', '*.*'].every(isWildcard)).toBe(true)
    expect(['users.read', '*', 'users*', '*.read'].some(isWildcard)).toBe(false)
  })

  it('is enough where one of many holds; none holds nothing', () => {
    expect(coveredBySome(['tokens.read', 'users.*'], 'users.read')).toBe(true)
    expect(coveredBySome(['tokens.read', 'roles.*'], 'users.read')).toBe(false)
    expect(coveredBySome([], 'users.read')).toBe(false)
  })
})

describe('The name of a permission', () => {
  it.each(['users.read', 'a.b', 'policies.quote_2', `${'a'.repeat(50)}.${'b'.repeat(50)}`])(
    'may be %s, and so may a pattern',
    (name) => {
      expect(name).toMatch(new RegExp(permissionName))
      expect(name).toMatch(new RegExp(permissionPattern))
    },
  )

  it.each([
    'users',
    'users.',
    '.read',
    'users.read.all',
    'Users.read',
    'users.Read',
    '1users.read',
    '_users.read',
    'users read',
    'users.read\n',
    ' users.read',
    'users-x.read',
    'übers.read',
    '*.read',
    '*',
    'users.re*',
    'us*.*',
    `${'a'.repeat(51)}.b`,
    `a.${'b'.repeat(51)}`,
    '',
  ])('may not be %j, and neither may a pattern', (name) => {
    expect(name).not.toMatch(new RegExp(permissionName))
    expect(name).not.toMatch(new RegExp(permissionPattern))
  })

  it.each(['users.*', '*.*'])('may not be the wildcard %s, but a pattern may', (name) => {
    expect(name).not.toMatch(new RegExp(permissionName))
    expect(name).toMatch(new RegExp(permissionPattern))
  })
})

// As the contract lists them: a permission that goes or comes must be meant.
const tenantPermissions = `
  users.read users.create users.update users.deactivate users.grants
  service_accounts.read service_accounts.write service_accounts.tokens
  tokens.read tokens.revoke tenants.read tenants.update tenants.members audit.read identities.read
  applications.read applications.write imports.read imports.run
  personnel_events.read personnel_events.create personnel_events.approve`
const platformPermissions = `
  tenants.create tenants.retire roles.read roles.write permissions.read permissions.write
  token_limits.approve system_tokens.manage tokens.introspect settings.read settings.write`

describe('The built-in catalogue', () => {
  const named = (scope: string) =>
    Object.entries(builtInPermissions)
      .filter(([, [own]]) => own === scope)
      .map(([name]) => name)
      .sort()

  it('is the one of the contract', () => {
    expect(named('tenant')).toEqual(tenantPermissions.trim().split(/\s+/).sort())
    expect(named('platform')).toEqual(platformPermissions.trim().split(/\s+/).sort())
  })

  it('says of each permission what it allows, and where', () => {
    for (const [name, [, description]] of Object.entries(builtInPermissions)) {
      expect(name).toMatch(new RegExp(permissionName))
      expect(description).toMatch(/^[A-Z].{5,}[^.]$/)
    }
    expect(builtIn('tenants.create')).toEqual({ name: 'tenants.create', scope: 'platform' })
    expect(builtIn('tenants.read')).toEqual({ name: 'tenants.read', scope: 'tenant' })
  })
})
