import { describe, expect, it } from 'vitest'
import type { Answer } from '../../scripts/faults/ask.ts'
import { checkLedger } from '../../scripts/faults/check-ledger.ts'
import { emptyLedger, enter, type Ledger, type TokenEntry } from '../../scripts/faults/ledger.ts'
import type { Remains } from '../../scripts/faults/remains.ts'

const attempt = (start: number, end: number, outcome: 'ok' | 'fail' | 'unknown' = 'ok') => ({
  start,
  end,
  outcome,
})

const token = (fields: Partial<TokenEntry> = {}): TokenEntry => ({
  ...{ name: 'one', id: 't' },
  ...{ created: attempt(10, 20), revoked: attempt(30, 40), uses: [] },
  ...fields,
})

const remains = (fields: Partial<Remains> = {}): Remains => ({
  tokens: new Map([['one', [{ is_revoked: true }]]]),
  ...{ registers: new Map(), orphans: [], overfull: [] },
  ...fields,
})

const kinds = (ledger: Partial<Ledger>, left: Partial<Remains> = {}) =>
  checkLedger({ ...emptyLedger(), ...ledger }, remains(left)).map(({ kind }) => kind)

const rows = (...revoked: boolean[]) => ({
  tokens: new Map([['one', revoked.map((is_revoked) => ({ is_revoked }))]]),
})

describe('what was told of a token, beside what the database holds', () => {
  it.each<[string, Partial<TokenEntry>, Partial<Remains>]>([
    ['made and ended', {}, {}],
    ['made and not ended', { revoked: null }, rows(false)],
    ['unknown, and there', { created: attempt(10, 20, 'unknown'), revoked: null }, rows(false)],
    ['unknown, and not there', { created: attempt(10, 20, 'unknown'), revoked: null }, rows()],
    ['refused, and not there', { created: attempt(10, 20, 'fail'), revoked: null }, rows()],
    ['ended or not, unknown, and it is', { revoked: attempt(30, 40, 'unknown') }, rows(true)],
    ['ended or not, unknown, and it isn’t', { revoked: attempt(30, 40, 'unknown') }, rows(false)],
  ])('is right where it was %s', (_, entry, left) => {
    expect(kinds({ tokens: [token(entry)] }, left)).toEqual([])
  })

  it.each<[string, Partial<TokenEntry>, Partial<Remains>, string]>([
    ['a write that was acknowledged is lost', {}, rows(), 'acknowledged write lost'],
    ['a revocation is undone', {}, rows(false), 'acknowledged revocation undone'],
    [
      'a refused write is there',
      { created: attempt(10, 20, 'fail'), revoked: null },
      rows(false),
      'refused write made',
    ],
    ['one that nobody ended is ended', { revoked: null }, rows(true), 'refused write made'],
    [
      'one that was sent twice is there twice',
      { revoked: null },
      rows(false, false),
      'made more than once',
    ],
  ])('is wrong where %s', (_, entry, left, kind) => {
    expect(kinds({ tokens: [token(entry)] }, left)).toEqual([kind])
  })
})

describe('the uses of a token', () => {
  const of = (start: number, status: number, entry: Partial<TokenEntry> = {}) =>
    kinds({ tokens: [token({ uses: [{ start, end: start + 1, status }], ...entry })] })
  const wrong = ['good credential refused, or bad one let in']

  it.each<[string, number, number, string[]]>([
    ['let in while it is good', 25, 204, []],
    ['refused while it is good', 25, 401, wrong],
    ['refused once it has ended', 50, 401, []],
    ['let in once it has ended', 50, 204, wrong],
    ['either, while it is being ended', 35, 204, []],
    ['503 at any time', 25, 503, []],
  ])('%s', (_, start, status, expected) => {
    expect(of(start, status)).toEqual(expected)
  })

  it('are either after an end that is unknown, but never let in again once they were refused', () => {
    const tokens = (...statuses: number[]) => [
      token({
        revoked: attempt(30, 40, 'unknown'),
        uses: statuses.map((status, at) => ({ start: 50 + 2 * at, end: 51 + 2 * at, status })),
      }),
    ]
    expect(kinds({ tokens: tokens(204, 503, 401) })).toEqual([])
    expect(kinds({ tokens: tokens(401, 503, 204) })).toEqual(wrong)
  })
})

describe('a name that is overwritten', () => {
  const named = (value: number) =>
    kinds(
      { registers: [{ id: 'r', acknowledged: 7, unknown: [5, 8] }] },
      { registers: new Map([['r', value]]) },
    )

  it('is the last that was acknowledged, or one of which nobody knows', () => {
    expect([7, 8, 5].flatMap(named)).toEqual([])
    expect(named(6)).toEqual(['acknowledged write lost'])
    expect(kinds({ registers: [{ id: 'r', acknowledged: 0, unknown: [] }] })).toEqual([
      'acknowledged write lost',
    ])
  })
})

describe('an answer', () => {
  const id = 'a'.repeat(32)
  const refusal = (fields: Partial<Answer> = {}): Answer => ({
    ...{ start: 0, end: 1, status: 503 },
    headers: { 'retry-after': '1', 'x-correlation-id': id },
    body: JSON.stringify({ error: 'service_unavailable', message: 'x', correlationId: id }),
    ...fields,
  })
  const of = (answer: Answer) => {
    const ledger = emptyLedger()
    enter(ledger, { path: '/me' }, [200], answer)
    return kinds(ledger)
  }

  it.each<[string, Answer, string[]]>([
    ['as expected', refusal({ status: 200, headers: {}, body: '{}' }), []],
    ['503 with all that belongs to it', refusal(), []],
    ['another than expected', refusal({ status: 401 }), ['unexpected status']],
    ['500', refusal({ status: 500 }), ['unexpected status']],
    ['none', refusal({ status: 0, body: 'socket hang up' }), ['no answer']],
    [
      '503 without Retry-After',
      refusal({ headers: { 'x-correlation-id': id } }),
      ['answer not in its form'],
    ],
    ['503 of somebody else', refusal({ body: '<html>' }), ['answer not in its form']],
    ['503 without an id', refusal({ body: '{"error":"x"}' }), ['answer not in its form']],
    ['503 with two ids', refusal({ headers: { 'retry-after': '1' } }), ['answer not in its form']],
  ])('is %s', (_, answer, expected) => {
    expect(of(answer)).toEqual(expected)
  })
})

describe('what the database is asked in the end', () => {
  it.each<[Partial<Remains>, string]>([
    [{ orphans: ['x'] }, 'state without its event, or event without its state'],
    [{ overfull: ['x'] }, 'more live tokens than the cap'],
  ])('is told as a fault: %o', (left, kind) => {
    expect(kinds({}, left)).toEqual([kind])
  })
})
