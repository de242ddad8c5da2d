import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

const privilegesOfOne = 4
const rowsAtOnce = 5000

/** Writes so many rows, four privileges for each account, in the order in which a system would export them. */
export async function writeFileOf(rows: number, path: string): Promise<void> {
  const text = function* () {
    yield 'account,email,privilege\n'
    for (let from = 0; from < rows; from += rowsAtOnce) {
      const count = Math.min(rowsAtOnce, rows - from)
      yield Array.from({ length: count }, (_, at) => rowOf(from + at)).join('')
    }
  }
  await pipeline(Readable.from(text()), createWriteStream(path))
}

/** Accounts of which nobody could guess the next: multiplied by a prime, modulo another. */
function rowOf(row: number): string {
  const account = Math.floor(row / privilegesOfOne)
  const number = String((account * 7_368_787) % 9_999_991).padStart(7, '0')
  return `u${number},person.${number}@example.com,Branch ${account % 40} / privilege ${(row * 7) % 61}\n`
}
