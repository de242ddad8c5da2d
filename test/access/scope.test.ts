import { describe, expect, it } from 'vitest'
import { isScopeWord, isUuid, reaches, reachesWord } from '../../src/access/scope.ts'

const id = '0193b4b2-6d3e-7c51-9f0a-2f4de1a77c11'
const tenant = { id, type: 'test', status: 'active' } as const

describe('A scope entry', () => {
  it('is one of three words, to the letter, or no word', () => {
    expect(['any', 'type:test', 'type:production'].every(isScopeWord)).toBe(true)
    expect(['', 'Any', 'type:', 'type:other', 'test', id].some(isScopeWord)).toBe(false)
  })

  it('is else a UUID in lower case, whole', () => {
    expect(isUuid(id)).toBe(true)
    const others = [id.toUpperCase(), `{${id}}`, `${id} `, ` ${id}`, `${id}0`, `0${id}`, '', 'any']
    expect([...others, id.replaceAll('-', ''), `${id}\n`].filter(isUuid)).toEqual([])
  })
})

describe.each([
  ['list', (entries: string[]) => entries],
  ['set', (entries: string[]) => new Set(entries)],
])('A scope as a %s', (_, scope) => {
  it('holds a tenant by its id, its type, or any', () => {
    for (const entry of [id, 'type:test', 'any']) {
      expect(reaches(scope(['another', entry]), tenant)).toBe(true)
    }
    expect(reaches(scope(['another', 'type:production', 'test']), tenant)).toBe(false)
    expect(reaches(scope([]), tenant)).toBe(false)
  })

  it('holds a word by itself, or any, and never by its parts', () => {
    expect(reachesWord(scope(['type:test']), 'type:test')).toBe(true)
    expect(reachesWord(scope(['any']), 'type:test')).toBe(true)
    expect(reachesWord(scope(['any']), 'any')).toBe(true)
    expect(reachesWord(scope(['type:test', 'type:production']), 'any')).toBe(false)
    expect(reachesWord(scope(['type:production', id]), 'type:test')).toBe(false)
  })
})
