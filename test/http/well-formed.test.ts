import { describe, expect, it } from 'vitest'
import { illFormedField } from '../../src/http/well-formed.ts'

describe('An ill-formed text', () => {
  it.each([
    ['a NUL', 'a\0b'],
    ['the first half of a pair', 'a\ud83d'],
    ['the second half of a pair', '\ude00'],
    ['both halves in the wrong order', '\ude00\ud83d'],
  ])('is found where there is %s', (_, text) => {
    expect(illFormedField({ name: text })).toBe('name')
  })

  it.each([
    ['in a field', { name: '\0' }, 'name'],
    ['in a field of a field', { identity: { email: '\0' } }, 'identity.email'],
    ['in an item, by the name of its list', { permissions: ['users.read', '\0'] }, 'permissions'],
    ['in a field of an item', { file_groups: [{ name: '\0' }] }, 'file_groups.name'],
    ['in the body itself', '\0', 'body'],
    ['in an item of the body', ['\0'], 'body'],
    ['in the name of a field', { 'a\0': 1 }, 'body'],
    ['twice, by the first', { slug: '\0', name: '\0' }, 'slug'],
  ])('is named where it is %s', (_, body, field) => {
    expect(illFormedField(body)).toBe(field)
  })

  it.each([
    ['a whole pair', { name: '😀' }],
    ['other control characters', { name: '\u0001\t\n' }],
    ['the replacement character', { name: '\ufffd' }],
    [
      'what is no text',
      { count: 1, is_archived: true, expires_at: null, list: [], none: undefined },
    ],
    ['nothing', undefined],
  ])('is not found where there is %s', (_, body) => {
    expect(illFormedField(body)).toBeNull()
  })

  it('is not looked for deeper than any schema goes, whatever is sent', () => {
    let deep: unknown = '\0'
    for (let depth = 0; depth < 100_000; depth++) deep = [deep]
    expect(illFormedField(deep)).toBeNull()
  })
})
