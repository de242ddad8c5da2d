import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import {
  generateToken,
  hashToken,
  hintOf,
  isWellFormedToken,
  type TokenKind,
} from '../../src/access/token.ts'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const filled = (byte: number) => (size: number) => Buffer.alloc(size, byte)
const isToken = (text: string) => isWellFormedToken(text, 'postern')

/** The checksum, by its definition: what a secret scanner would compute. */
function checksumOf(body: string): string {
  let rest = crc32(body)
  let digits = ''
  for (let at = 0; at < 6; at++) {
    digits = alphabet[rest % 62] + digits
    rest = Math.floor(rest / 62)
  }
  return digits
}

describe('A new token', () => {
  it.each([
    ['pat', 'postern'],
    ['sys', 'postern'],
    ['cal', 'postern'],
    ['pat', 'acme2'],
  ] satisfies [TokenKind, string][])(
    'of kind %s and prefix %s has the form of the contract',
    (kind, prefix) => {
      const token = generateToken(prefix, kind, randomBytes)
      expect(token).toMatch(new RegExp(`^${prefix}_${kind}_[0-9A-Za-z]{49}$`))
      expect(token.slice(-6)).toBe(checksumOf(token.slice(0, -6)))
      expect(isWellFormedToken(token, prefix, [kind])).toBe(true)
      // What is asked for with a calendar's key is no credential.
      expect(isWellFormedToken(token, prefix)).toBe(kind !== 'cal')
    },
  )

  it.each(['pat', 'sys', 'cal'] satisfies TokenKind[])(
    'of kind %s is found in a text by the pattern of SECURITY.md',
    async (kind) => {
      const security = await readFile('SECURITY.md', 'utf8')
      const pattern = /`(postern_\S+\{49\})`/.exec(security)?.[1] ?? ''
      const token = generateToken('postern', kind, randomBytes)

      expect(new RegExp(pattern).exec(`key: "${token}/token-expiries.ics"`)?.[0]).toBe(token)
    },
  )

  it('is another one each time', () => {
    const tokens = Array.from({ length: 100 }, () => generateToken('postern', 'pat', randomBytes))
    expect(new Set(tokens).size).toBe(100)
    expect(tokens.every(isToken)).toBe(true)
  })

  it('carries 256 random bits, all of them', () => {
    const asked: number[] = []
    const token = generateToken('postern', 'pat', (size) => {
      asked.push(size)
      return Buffer.from('00112233445566778899aabbccddeeff'.repeat(2), 'hex').subarray(0, size)
    })
    const secret = token.slice('postern_pat_'.length, -6)
    const value = [...secret].reduce((sum, char) => sum * 62n + BigInt(alphabet.indexOf(char)), 0n)
    expect(asked).toEqual([32])
    expect(value.toString(16).padStart(64, '0')).toBe('00112233445566778899aabbccddeeff'.repeat(2))
  })

  it('is as long with the smallest secret as with the greatest', () => {
    const smallest = generateToken('postern', 'pat', filled(0))
    const greatest = generateToken('postern', 'pat', filled(255))
    expect(smallest).toMatch(/^postern_pat_0{43}/)
    expect(greatest).toHaveLength(smallest.length)
    expect([smallest, greatest].every(isToken)).toBe(true)
  })

  it('pads a checksum that begins with zeros', () => {
    // CRC-32 has 32 bits and six digits hold more than 35, so the first is never above 4 and often 0.
    const tokens = Array.from({ length: 2000 }, () => generateToken('postern', 'pat', randomBytes))
    const padded = tokens.filter((token) => token.at(-6) === '0')
    expect(padded.length).toBeGreaterThan(0)
    expect(padded.every((token) => isToken(token) && token.length === 61)).toBe(true)
  })
})

describe('A text', () => {
  const token = generateToken('postern', 'pat', filled(0x5a))
  const positions = Array.from(token, (_, at) => at)
  const changed = (at: number, char: string) => token.slice(0, at) + char + token.slice(at + 1)

  it('is no token where it is only the beginning of one', () => {
    expect(positions.filter((length) => isToken(token.slice(0, length)))).toEqual([])
  })

  it('is no token where it is only the end of one', () => {
    expect(positions.slice(1).filter((from) => isToken(token.slice(from)))).toEqual([])
  })

  it('is no token where anything is added', () => {
    const additions = [...alphabet, ' ', '\n', '\0', '=', '.', '_', 'é']
    const longer = additions.flatMap((char) => [token + char, char + token])
    expect(longer.filter(isToken)).toEqual([])
    expect(isToken(token + token)).toBe(false)
  })

  it.each([
    ['a space before', ` ${token}`],
    ['a space after', `${token} `],
    ['a line’s end', `${token}\n`],
    ['a tab', `\t${token}`],
    ['quotes', `"${token}"`],
    ['a space for a character', changed(20, ' ')],
  ])('is no token with %s', (_, text) => {
    expect(isToken(text)).toBe(false)
  })

  it('is no token where any one character is another', () => {
    const others = positions.flatMap((at) =>
      [...alphabet, '_', '-', ' ', 'é']
        .filter((char) => char !== token[at])
        .map((char) => changed(at, char)),
    )
    expect(others.length).toBeGreaterThan(3500)
    expect(others.filter(isToken)).toEqual([])
  })

  it('is no token where any one letter has the other case', () => {
    const flip = (char: string) =>
      char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase()
    const flipped = positions
      .map((at) => changed(at, flip(token[at] ?? '')))
      .filter((text) => text !== token)
    expect(flipped.filter(isToken)).toEqual([])
    expect([token.toUpperCase(), token.toLowerCase()].filter(isToken)).toEqual([])
  })

  it('is no token where two neighbours change places', () => {
    const swapped = positions
      .map(
        (at) =>
          token.slice(0, at) +
          token
            .slice(at, at + 2)
            .split('')
            .reverse()
            .join('') +
          token.slice(at + 2),
      )
      .filter((text) => text !== token)
    expect(swapped.filter(isToken)).toEqual([])
  })

  it.each([
    ['another deployment', generateToken('acme', 'pat', filled(1))],
    ['another deployment, with a prefix as long', generateToken('pastern', 'pat', filled(1))],
    ['another kind', generateToken('postern', 'xyz' as TokenKind, filled(1))],
    ['no checksum but zeros', `${token.slice(0, -6)}000000`],
  ])('is no token with %s', (_, text) => {
    expect(isToken(text)).toBe(false)
  })

  it('is no token where only the checksum is right', () => {
    for (const secret of ['', 'a', 'a'.repeat(42), 'a'.repeat(44)]) {
      const body = `postern_pat_${secret}`
      expect(isToken(body + checksumOf(body))).toBe(false)
    }
  })

  it('is no token where a character outside the alphabet has the right checksum', () => {
    const isTokenWith = (secret: string) => {
      const body = `postern_pat_${secret}`
      return isToken(body + checksumOf(body))
    }
    expect(isTokenWith('a'.repeat(43))).toBe(true)
    for (const char of ['-', '/', ' ', '.', '_', '\n', 'é']) {
      expect(isTokenWith(char.repeat(43))).toBe(false)
      for (const at of [0, 1, 21, 42]) {
        expect(isTokenWith('a'.repeat(at) + char + 'a'.repeat(42 - at))).toBe(false)
      }
    }
  })
})

describe('What is kept of a token', () => {
  const token = generateToken('postern', 'pat', filled(7))

  it('is the SHA-256 of the whole, and the last four characters', () => {
    expect(hashToken(token)).toEqual(createHash('sha256').update(token).digest())
    expect(hintOf(token)).toBe(token.slice(-4))
  })
})
