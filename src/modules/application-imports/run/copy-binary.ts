/** A signature, flags, and the length of an extension that there is none of. */
const headerBytes = 11 + 4 + 4
/** Before each value: how many columns its row has, which is one, and how long the value is. */
const rowBytes = 2 + 4

/**
 * The values of a COPY of one column without nulls in the binary format (PostgreSQL's manual, COPY, "File Formats").
 */
export async function* columnOf(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const take = taking(source)
  await take(headerBytes)
  for (;;) {
    const columns = (await take(2)).readInt16BE()
    if (columns === -1) break
    const length = (await take(rowBytes - 2)).readInt32BE()
    yield await take(length)
  }
  // The end of the stream is the end of the statement: the connection can be used again.
  await take(0, true)
}

/** Answers with so many bytes, however they come. */
function taking(source: AsyncIterable<Buffer>) {
  const chunks = source[Symbol.asyncIterator]()
  let held: Buffer[] = []
  let bytes = 0
  return async (wanted: number, isLast = false): Promise<Buffer> => {
    while (bytes < wanted || isLast) {
      const { value, done } = await chunks.next()
      if (done && isLast) return Buffer.alloc(0)
      if (done) throw new Error('A COPY ended before its end')
      held.push(value)
      bytes += value.length
    }
    const all = held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held)
    held = [all.subarray(wanted)]
    bytes -= wanted
    return all.subarray(0, wanted)
  }
}
