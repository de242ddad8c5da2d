import { describe, expect, it } from 'vitest'
import { exampleOf } from '../../src/http/example.ts'

describe('An example', () => {
  it.each([
    ['the first of its own examples', { type: 'string', examples: ['a', 'b'] }, 'a'],
    ['its only value', { const: 'Bearer' }, 'Bearer'],
    ['the first of its values', { enum: ['test', 'production'] }, 'test'],
    ['its default', { type: 'integer', default: 20 }, 20],
    ['a default that is false', { type: 'boolean', default: false }, false],
    ['an example that is null', { examples: [null] }, null],
    ['the first of its choices', { anyOf: [{ const: 'id' }, { type: 'null' }] }, 'id'],
    ['a list of one', { type: 'array', items: { const: 'users.read' } }, ['users.read']],
    ['some text', { type: 'string' }, 'text'],
    ['some number', { type: 'integer' }, 1],
    ['nothing where nothing is known', {}, null],
  ])('is %s', (_, schema, example) => {
    expect(exampleOf(schema, {})).toEqual(example)
  })

  it('is put together of its fields, without those that are always refused', () => {
    const properties = { name: { examples: ['CI'] }, roles: { not: {} }, page: { default: 1 } }
    expect(exampleOf({ type: 'object', properties }, {})).toEqual({ name: 'CI', page: 1 })
  })

  it('follows a reference to a component, and is null where there is none', () => {
    const components = { Role: { properties: { name: { const: 'clerk' } } } }
    expect(exampleOf({ $ref: '#/components/schemas/Role' }, components)).toEqual({ name: 'clerk' })
    expect(exampleOf({ $ref: '#/components/schemas/Other' }, components) ?? null).toBeNull()
  })
})
