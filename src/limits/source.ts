import { createHmac } from 'node:crypto'
import type { RandomBytes } from '../access/token.ts'

/**
 * The network that one source has to itself: an IPv4 address, or the /64 of an IPv6 address, within which
 * a subscriber takes addresses at will.
 */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(ip)
  if (mapped?.[1]) return mapped[1]
  if (!ip.includes(':')) return ip
  // A URL spells each IPv6 address in one way.
  const [head = '', tail] = new URL(`http://[${ip}]`).hostname.slice(1, -1).split('::')
  const before = head.split(':').filter(Boolean)
  const after = tail?.split(':').filter(Boolean) ?? []
  const zeros = Array(8 - before.length - after.length).fill('0')
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`
}

/**
 * How many sources are told apart. Strangers make up sources at will, and each that is counted takes some
 * 400 bytes for a minute: 13 MB at the worst. Two that fall together share a quota.
 */
const slots = 32_768

/** Where a source is counted. Salted, so that nobody can aim at the slot of another. */
export function sourceSlots(randomBytes: RandomBytes): (ip: string) => number {
  const salt = randomBytes(16)
  return (ip) => createHmac('sha256', salt).update(networkOf(ip)).digest().readUInt32BE() % slots
}
