import { createHmac } from 'node:crypto'

// An app that shows codes, by the RFCs and not by the library that the server has.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648 6, without what fills up the last bits. */
export function fromBase32(text: string): Buffer {
  const bits = [...text.replace(/=+$/, '')]
    .map((character) => {
      const value = alphabet.indexOf(character)
      if (value < 0) throw new Error(`${character} is no character of base 32`)
      return value.toString(2).padStart(5, '0')
    })
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** RFC 6238: the code of this moment, in steps of 30 s, truncated as in RFC 4226 5.3. */
export function totp(key: Uint8Array, seconds: number, digits = 6): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)))
  const mac = createHmac('sha1', key).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0xf
  const truncated = mac.readUInt32BE(offset) & 0x7fffffff
  return `${truncated % 10 ** digits}`.padStart(digits, '0')
}
