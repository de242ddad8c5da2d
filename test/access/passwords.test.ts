import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { bcryptPasswords } from '../../src/access/passwords.ts'

// The least that bcrypt knows; what is tested here does not depend on it.
const quick = bcryptPasswords(4)

describe('A password', () => {
  it('matches its own hash, which is another one each time', async () => {
    const [first, second] = [await quick.hash('correct horse'), await quick.hash('correct horse')]
    expect(first).toMatch(/^\$2b\$04\$/)
    expect(first).not.toBe(second)
    expect(await quick.verify('correct horse', first)).toBe(true)
    expect(await quick.verify('correct horse', second)).toBe(true)
  })

  it.each([
    ['a character', 'correct horse', 'correct horsf'],
    ['its case', 'correct horse', 'Correct horse'],
    ['a space at the end', 'correct horse', 'correct horse '],
    ['what follows the 72nd byte', `${'x'.repeat(72)}a`, `${'x'.repeat(72)}b`],
    ['its length beyond the 72nd byte', 'x'.repeat(72), 'x'.repeat(73)],
    ['what follows the thousandth byte', `${'x'.repeat(1000)}a`, `${'x'.repeat(1000)}b`],
    [
      'what follows the 72nd byte, of many bytes a character',
      `${'é'.repeat(36)}a`,
      `${'é'.repeat(36)}b`,
    ],
    ['what follows a NUL', 'secret\0a', 'secret\0b'],
    ['a NUL at the end', 'secret', 'secret\0'],
    ['a NUL at the beginning', '\0a', '\0b'],
    ['a letter of the same look', 'paypal', 'рaypal'],
    ['a letter of the same meaning', '①', '1'],
  ])('is another with another %s', async (_, password, other) => {
    expect(await quick.verify(other, await quick.hash(password))).toBe(false)
  })

  it('is the same however its accents were typed', async () => {
    const composed = 'Passwörter für Zoë'.normalize('NFC')
    const decomposed = composed.normalize('NFD')
    expect(decomposed).not.toBe(composed)
    expect(await quick.verify(decomposed, await quick.hash(composed))).toBe(true)
    expect(await quick.verify(composed, await quick.hash(decomposed))).toBe(true)
  })

  it('never matches where there is no hash, not even the one that is compared instead', async () => {
    for (const password of ['', 'a', 'correct horse', `${'a'.repeat(21)}u`, 'b'.repeat(31)]) {
      expect(await quick.verify(password, null)).toBe(false)
    }
  })

  it('never matches a hash that is none', async () => {
    for (const hash of ['', 'x', '$2b$04$', 'correct horse']) {
      expect(await quick.verify('correct horse', hash)).toBe(false)
    }
  })

  // Without the hash that is compared instead it would take a thousandth; a busy machine makes it three times as long.
  it('takes about as long to refuse where there is no hash', async () => {
    const passwords = bcryptPasswords(10)
    const hash = await passwords.hash('correct horse')
    const time = async (against: string | null) => {
      const start = performance.now()
      await passwords.verify('wrong horse', against)
      return performance.now() - start
    }
    // The quickest of several: the rest is what else the machine does.
    const quickest = async (against: string | null) =>
      Math.min(await time(against), await time(against), await time(against), await time(against))

    const [without, withOne] = [await quickest(null), await quickest(hash)]
    expect(without / withOne).toBeGreaterThan(0.1)
    expect(without / withOne).toBeLessThan(10)
  })
})

describe('A password whose hash was made at a lower cost', () => {
  it('takes as long as one without a hash, right or wrong', async () => {
    const passwords = bcryptPasswords(11)
    const older = await bcryptPasswords(8).hash('correct horse')
    const times: Record<string, number[]> = { none: [], right: [], wrong: [] }
    const timed = async (name: string, secret: string, hash: string | null) => {
      const start = performance.now()
      expect(await passwords.verify(secret, hash)).toBe(name === 'right')
      times[name]!.push(performance.now() - start)
    }
    for (let round = 0; round < 5; round += 1) {
      await timed('none', 'correct horse', null)
      await timed('right', 'correct horse', older)
      await timed('wrong', 'wrong horse', older)
    }
    const [none, right, wrong] = Object.values(times).map((each) => Math.min(...each)) as [
      number,
      number,
      number,
    ]
    // At its own cost it would take an eighth.
    expect(right / none).toBeGreaterThan(0.6)
    expect(wrong / none).toBeGreaterThan(0.6)
  })
})

describe('More passwords than can wait', () => {
  it('are told at once to come back later, while those that wait are checked', async () => {
    const passwords = bcryptPasswords(7)
    const hash = await passwords.hash('correct horse')
    const order: string[] = []
    const attempts = Array.from({ length: 200 }, () =>
      passwords.verify('correct horse', hash).then(
        () => order.push('checked'),
        (error) => order.push(error.code),
      ),
    )
    await Promise.all(attempts)

    const checked = order.filter((outcome) => outcome === 'checked').length
    expect(checked).toBeGreaterThanOrEqual(32)
    expect(checked).toBeLessThanOrEqual(32 + availableParallelism())
    expect(order.slice(0, 200 - checked)).toEqual(Array(200 - checked).fill('service_unavailable'))
  })

  it('find room again when the crowd is gone', async () => {
    const passwords = bcryptPasswords(4)
    const hash = await passwords.hash('correct horse')
    const crowd = Array.from({ length: 100 }, () => passwords.verify('x', hash).catch(() => null))
    await Promise.all(crowd)
    expect(await passwords.verify('correct horse', hash)).toBe(true)
  })

  it('are refused alike where a hash is to be made', async () => {
    const passwords = bcryptPasswords(4)
    const attempts = Array.from({ length: 100 }, async () => passwords.hash('correct horse'))
    const outcomes = await Promise.allSettled(attempts)
    const refused = outcomes.filter(({ status }) => status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    expect(refused[0]).toMatchObject({
      reason: {
        code: 'service_unavailable',
        statusCode: 503,
        extras: { headers: { 'retry-after': '1' } },
      },
    })
  })

  it('are looked up one after the other, and those that may not wait not at all', async () => {
    const passwords = bcryptPasswords(4)
    const password_hash = await passwords.hash('correct horse')
    const looked: number[] = []
    const gate = Promise.withResolvers<void>()
    const all = Array.from({ length: 60 }, (_, at) =>
      passwords
        .matching('correct horse', async () => {
          looked.push(at)
          await gate.promise
          return at % 2 === 0 ? { password_hash, at } : null
        })
        .then(
          (person) => person?.at ?? 'nobody',
          ({ code }) => code,
        ),
    )
    await sleep(20)
    expect(looked.length).toBeGreaterThan(0)
    expect(looked.length).toBeLessThanOrEqual(2)
    expect(() => passwords.expectRoom()).toThrow(expect.objectContaining({ statusCode: 503 }))

    gate.resolve()
    const answers = await Promise.all(all)
    const waited = looked.length
    expect(waited).toBeGreaterThan(30)
    expect(waited).toBeLessThan(40)
    expect(looked).toEqual(looked.toSorted((one, other) => one - other))
    const right = Array.from({ length: waited }, (_, at) => (at % 2 === 0 ? at : 'nobody'))
    expect(answers).toEqual([...right, ...Array(60 - waited).fill('service_unavailable')])
    expect(passwords.expectRoom()).toBeUndefined()
  })

  it('are told so together when the database fails who is before them', async () => {
    const passwords = bcryptPasswords(4)
    const turns: (() => void)[] = []
    const looked = async () => {
      await new Promise<void>((resolve) => turns.push(resolve))
      throw new Error('the database hangs')
    }
    const crowd = Array.from({ length: 30 }, () =>
      passwords.matching('x', looked).catch(({ message, statusCode }) => statusCode ?? message),
    )
    await sleep(20)
    const atOnce = turns.length
    for (const turn of turns) turn()
    const answers = await Promise.all(crowd)
    expect(turns).toHaveLength(atOnce)
    expect(answers.slice(0, atOnce)).toEqual(Array(atOnce).fill('the database hangs'))
    expect(answers.slice(atOnce)).toEqual(Array(30 - atOnce).fill(503))
    expect(await passwords.verify('x', await passwords.hash('x'))).toBe(true)
  })

  it('are not those that one credential asks hashes for: it has one at a time', async () => {
    const passwords = bcryptPasswords(7)
    const asked = Array.from({ length: 20 }, () => passwords.hashFor('one', 'x').catch(String))
    const other = passwords.hashFor('other', 'x')
    const made = (await Promise.all(asked)).filter((answer) => answer.startsWith('$2b$'))
    expect(made).toHaveLength(1)
    expect(await other).toMatch(/^\$2b\$/)
    expect(await passwords.hashFor('one', 'x')).toMatch(/^\$2b\$/)
  })

  it('leave room when nobody can be looked up', async () => {
    const passwords = bcryptPasswords(4)
    const away = () => Promise.reject(new Error('the database is away'))
    const crowd = Array.from({ length: 60 }, () => passwords.matching('x', away).catch(String))
    expect((await Promise.all(crowd))[0]).toBe('Error: the database is away')
    expect(passwords.expectRoom()).toBeUndefined()
  })
})

describe('A password of who is looked up', () => {
  it('gives the person, and null where it is another, where they have none, and where there is nobody', async () => {
    const password_hash = await quick.hash('correct horse')
    const person = (hash: string | null) => async () => ({ id: 'p', password_hash: hash })
    expect(await quick.matching('correct horse', person(password_hash))).toEqual({
      id: 'p',
      password_hash,
    })
    expect(await quick.matching('wrong horse', person(password_hash))).toBeNull()
    expect(await quick.matching('correct horse', person(null))).toBeNull()
    expect(await quick.matching('correct horse', async () => null)).toBeNull()
  })
})
