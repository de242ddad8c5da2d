import { describe, expect, it } from 'vitest'
import { networkOf, sourceSlots } from '../../src/limits/source.ts'

describe('the network of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:ffff::', '2001:db8:1:2::/64'],
    ['2001:db8::5', '2001:db8:0:0::/64'],
    ['2001:db8::1:2:3:4:5', '2001:db8:0:1::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1', 'fe80:0:0:0::/64'],
  ])('of %s is %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network)
  })
})

describe('the slots of sources', () => {
  const salt = (byte: number) => () => new Uint8Array(16).fill(byte)

  it('are one per network, differ with the salt, and are bounded', () => {
    const slotOf = sourceSlots(salt(1))
    expect(slotOf('2001:db8::1')).toBe(slotOf('2001:db8::2'))
    expect(slotOf('192.0.2.7')).not.toBe(sourceSlots(salt(2))('192.0.2.7'))

    const ends = Array.from({ length: 100_000 }, (_, at) => [at >> 16, (at >> 8) & 255, at & 255])
    const found = ends.map((end) => slotOf(`10.${end.join('.')}`))
    expect(Math.max(...found)).toBeLessThan(32_768)
    expect(new Set(found).size).toBeGreaterThan(25_000)
  })
})
