import { BadFile, problemAt } from './bad-file.ts'

/** Some whole lines of text, with their line breaks, and the number of the first. */
export type TextBlock = { text: string; line: number }

const blockBytes = 65_536
/** Longer than any row that is right; what has no line breaks is not held until it ends. */
const lineMax = 100_000

/** The text of a file in blocks of lines. It must be UTF-8, with or without a byte order mark. */
export async function* textBlocks(
  source: AsyncIterable<Buffer>,
  file: string | undefined,
): AsyncGenerator<TextBlock> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let [held, line] = ['', 1]
  const decode = (bytes?: Buffer) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch {
      const at = { file, line: line + (bytes ? breaksBeforeFault(bytes) : 0) }
      throw new BadFile([problemAt(at, 'is not UTF-8 text; save the file as UTF-8')])
    }
  }
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; at += blockBytes) {
      held += decode(chunk.subarray(at, at + blockBytes))
      const end = held.lastIndexOf('\n')
      if (end === -1 && held.length > lineMax) {
        throw new BadFile([problemAt({ file, line }, `is longer than ${lineMax} characters`)])
      }
      if (end === -1) continue
      const text = held.slice(0, end + 1)
      held = held.slice(end + 1)
      yield { text, line }
      line += breaksIn(text)
    }
  }
  held += decode()
  if (held !== '') yield { text: held, line }
}

function breaksIn(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1
  return count
}

/** Decoded as well as can be, what can't be is marked. */
function breaksBeforeFault(bytes: Buffer): number {
  const text = bytes.toString('utf8')
  const fault = text.indexOf('\uFFFD')
  return breaksIn(fault === -1 ? text : text.slice(0, fault))
}
