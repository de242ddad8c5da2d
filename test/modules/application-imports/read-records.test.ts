import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRecords } from '../../../src/modules/application-imports/run/read-records.ts'
import { readRows } from '../../../src/modules/application-imports/run/read-rows.ts'
import { unpacked } from '../../../src/modules/application-imports/run/unpack.ts'

async function* inPieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function recordsOf(bytes: Buffer, size: number) {
  const [cells, lines]: [string[][], number[]] = [[], []]
  for await (const records of readRecords(inPieces(bytes, size), undefined)) {
    cells.push(...records.cells)
    lines.push(...records.lines)
  }
  return { cells, lines }
}

const cell = fc.string({
  unit: fc.constantFrom('a', '\u00e9', '\u{1f600}', ' ', ',', '"', '\n', ';'),
})
const ending = fc.constantFrom('\n', '\r\n')
const row = fc.tuple(fc.array(cell, { minLength: 1, maxLength: 4 }), fc.boolean(), ending)

/** Quoted where it must be, and here and there where it need not. */
const written = ([cells, quotes, end]: [string[], boolean, string]) =>
  cells
    .map((text) => (quotes || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
    .join(',') + end

describe('The records of a file', () => {
  it('are those that csv-parse finds in it as a whole, in whatever pieces it comes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row), fc.nat({ max: 20 }), async (rows, size) => {
        const text = rows.map(written).join('')
        const whole = parse(text, {
          record_delimiter: ['\n', '\r\n'],
          relax_column_count: true,
        }) as string[][]
        const filled = whole.filter((cells) => cells.length > 1 || cells[0] !== '')
        const { cells } = await recordsOf(Buffer.from(text), size + 1)
        expect(cells).toEqual(filled)
      }),
      { numRuns: 300 },
    )
  })

  it('know the line in which they begin', async () => {
    const text = 'a,b\n\nc,d\r\n"e\nf","g"\n\n"h",i\n'
    const { cells, lines } = await recordsOf(Buffer.from(text), 7)
    expect(cells).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e\nf', 'g'],
      ['h', 'i'],
    ])
    expect(lines).toEqual([1, 3, 4, 7])
  })
})

describe('Rows in quotation marks', () => {
  it('are handed on by a thousand, and sooner where they are long', async () => {
    const batches = async (text: string) => {
      const sizes: number[] = []
      for await (const { cells } of readRecords(inPieces(Buffer.from(text), 65_536), undefined)) {
        sizes.push(cells.length)
      }
      return sizes
    }
    expect((await batches('"a",b\n'.repeat(2001)))[0]).toBe(1000)
    const long = await batches(`"${'x'.repeat(99_000)}",b\n`.repeat(25))
    expect(Math.max(...long)).toBeLessThanOrEqual(11)
    expect(long.reduce((sum, size) => sum + size)).toBe(25)
  })
})

describe('The rows of a file', () => {
  it('are read by the names of their columns, in any order, with a byte order mark or without', async () => {
    const rows: string[][] = []
    const text = '\ufeffprivilege,account,email\nread,ada,ada@example.com\n'
    const file = { name: undefined, isQuotable: true, open: () => inPieces(Buffer.from(text), 2) }
    const onRow = (line: number, ...cells: string[]) => rows.push([`${line}`, ...cells])
    for await (const _ of readRows(file, 1000, onRow));
    expect(rows).toEqual([['2', 'ada', 'ada@example.com', 'read']])
  })
})

describe('A source', () => {
  it.each([
    ['that is no text', Buffer.from('\ufeffaccount', 'utf16le')],
    ['that is not packed as it says', Buffer.from([0x1f, 0x8b, 0, 0, 0])],
    ['whose first row is wrong', Buffer.from('account\nada\n')],
  ])('%s is given back, however early one stops to read it', async (_, bytes) => {
    let isOpen = true
    async function* source() {
      try {
        yield bytes
        yield bytes
      } finally {
        isOpen = false
      }
    }
    const file = { name: undefined, isQuotable: true, open: source }
    const read = async () => {
      for await (const _ of readRows(file, 1000, () => undefined));
    }
    await expect(read()).rejects.toThrow()
    expect(isOpen).toBe(false)
  })
})

describe('A packed file', () => {
  it('is unpacked to no more than is allowed', async () => {
    const { gzipSync } = await import('node:zlib')
    const text = Buffer.from('account,email,privilege\n'.repeat(1000))
    const read = async (maxBytes: number) => {
      const chunks: Buffer[] = []
      for await (const chunk of unpacked(inPieces(gzipSync(text), 1), maxBytes)) chunks.push(chunk)
      return Buffer.concat(chunks)
    }
    expect((await read(text.length)).equals(text)).toBe(true)
    await expect(read(text.length - 1)).rejects.toThrow('is more than 23999 bytes when unpacked')
  })
})
