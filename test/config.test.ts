import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../src/config.ts'

describe('the settings', () => {
  it('have defaults, take numbers as numbers and count an empty variable as unset', () => {
    expect(readConfig({ PORT: '8080', TOKEN_PREFIX: '', HOME: '/root' })).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 8080,
      TOKEN_PREFIX: 'postern',
    })
    expect(readConfig({ HOME: '/root' })).not.toHaveProperty('HOME')
  })

  it.each([
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_URL', 'mysql://localhost'],
    ['PUBLIC_URL', 'https://example.com/path'],
    ['TOKEN_PREFIX', 'Postern_'],
    ['TRUST_PROXY', 'everybody'],
    ['BCRYPT_COST', '4'],
    ['METRICS_TOKEN', 'short'],
    ['RATE_LIMIT_PER_MINUTE', '-1'],
    ['SIGN_IN_LIMIT_PER_MINUTE', 'many'],
    ['FAILED_AUTHENTICATION_LIMIT_PER_MINUTE', '0.5'],
    ['SESSION_SECRET', 'short'],
    ['BOOTSTRAP_ADMIN_EMAIL', 'admin'],
  ])('that are wrong are refused by name: %s=%s', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(name)
  })

  it('are all in the table of the README, and no others', () => {
    const source = readFileSync('src/config.ts', 'utf8')
    const settings = [...source.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name)
    const readme = readFileSync('README.md', 'utf8')
    const documented = [...readme.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name)
    expect(documented.sort()).toEqual(settings.sort())
  })
})
