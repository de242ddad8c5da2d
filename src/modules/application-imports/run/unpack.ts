import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { BadFile } from './bad-file.ts'

/** No list of accounts is packed as well as this; what is, was made to fill a disk. */
const ratioMax = 100
/** Up to here nobody cares what it was packed into. */
const smallBytes = 10 * 1024 * 1024

/** The bytes of a file, unpacked if it is packed by gzip, and never more than `maxBytes`. */
export async function* unpacked(
  source: AsyncIterable<Buffer>,
  maxBytes: number,
): AsyncGenerator<Buffer> {
  const packed = { bytes: 0 }
  const all = counted(source, packed)
  try {
    const head = await firstBytes(all)
    if (isUtf16(head)) throw new BadFile(['the file is UTF-16 text; save it as UTF-8'])
    const whole = joined(head, all)
    if (head[0] === 0x1f && head[1] === 0x8b) yield* unzipped(whole, packed, maxBytes)
    else yield* whole
  } finally {
    // Whoever reads no further gives back what the source holds, such as a connection.
    await all.return(undefined)
  }
}

async function* unzipped(
  source: AsyncIterable<Buffer>,
  packed: { bytes: number },
  maxBytes: number,
): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 65_536 })
  // Whatever ends either stream ends both; its error is thrown by the loop.
  pipeline(Readable.from(source), gunzip, () => undefined)
  let bytes = 0
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > maxBytes) {
        throw new BadFile([`the file is more than ${maxBytes} bytes when unpacked`])
      }
      if (bytes > smallBytes && bytes > packed.bytes * ratioMax) {
        throw new BadFile([`the file is more than ${ratioMax} times its size when unpacked`])
      }
      yield chunk
    }
  } catch (error) {
    const isBroken = /^Z_/.test((error as NodeJS.ErrnoException).code ?? '')
    throw isBroken ? new BadFile(['the file is no complete gzip file']) : error
  }
}

const isUtf16 = (head: Buffer) =>
  (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)

async function* counted(source: AsyncIterable<Buffer>, count: { bytes: number }) {
  for await (const chunk of source) {
    count.bytes += chunk.length
    yield chunk
  }
}

/** Two, or what there is. */
async function firstBytes(source: AsyncGenerator<Buffer>): Promise<Buffer> {
  let head = Buffer.alloc(0)
  while (head.length < 2) {
    const next = await source.next()
    if (next.done) break
    head = Buffer.concat([head, next.value])
  }
  return head
}

async function* joined(head: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield head
  yield* rest
}
