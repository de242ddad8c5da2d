import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { isReachable } from '../../src/fetching/reachable.ts'
import { sourceRulesOf } from '../../src/fetching/source-rules.ts'

const rulesOf = (networks: string) =>
  sourceRulesOf(readConfig({ SOURCE_ALLOWED_NETWORKS: networks }))
const none = rulesOf('')

/** Every class of address that is no public one. */
const inside: Record<string, string[]> = {
  'this host': ['0.0.0.0', '0.1.2.3', '127.0.0.1', '127.255.255.254', '::', '::1'],
  'private networks': ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  'the shared space of carriers': ['100.64.0.1', '100.127.255.255'],
  'the link, and its metadata services': [
    '169.254.0.1',
    '169.254.169.254',
    'fe80::1',
    'fe80::1%eth0',
  ],
  'unique local': ['fc00::1', 'fd00:ec2::254', 'fdff::1'],
  'site local': ['fec0::1'],
  'IPv4 in IPv6: mapped, compatible, translated': [
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '::ffff:0:127.0.0.1',
  ],
  NAT64: ['64:ff9b::7f00:1', '64:ff9b::169.254.169.254', '64:ff9b:1::a00:1'],
  '6to4 and Teredo': ['2002:7f00:1::1', '2002:a9fe:a9fe::', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
  'documentation, tests and benchmarks': [
    '192.0.2.1',
    '198.51.100.1',
    '203.0.113.1',
    '198.18.0.1',
    '2001:db8::1',
    '2001:2::1',
    '3fff::1',
  ],
  'protocols and the future': [
    '192.0.0.1',
    '192.88.99.1',
    '240.0.0.1',
    '4000::1',
    '100::1',
    '5f00::1',
  ],
  'many at once': ['224.0.0.1', '239.255.255.255', '255.255.255.255', 'ff02::1'],
  'no address at all': ['', 'localhost', '1.2.3', '1.2.3.4.5', '::g', '127.0.0.1/8'],
}

describe('Connected to is never', () => {
  it.each(Object.entries(inside))('%s', (_, addresses) => {
    expect(addresses.filter((address) => isReachable(address, none))).toEqual([])
  })
})

describe('Connected to is', () => {
  it.each(['8.8.8.8', '172.15.255.255', '172.32.0.1', '100.128.0.1', '1.1.1.1', '2606:4700::1111'])(
    'the public address %s',
    (address) => {
      expect(isReachable(address, none)).toBe(true)
    },
  )

  it('what the deployment names, and nothing beside it', () => {
    const rules = rulesOf('10.1.0.0/16, 192.168.7.7,fd00:1::/32')
    expect(
      ['10.1.2.3', '192.168.7.7', 'fd00:1::9', '8.8.8.8'].map((one) => isReachable(one, rules)),
    ).toEqual([true, true, true, true])
    expect(
      ['10.2.0.1', '192.168.7.8', 'fd00:2::1', '127.0.0.1', '::ffff:10.1.2.3'].filter((one) =>
        isReachable(one, rules),
      ),
    ).toEqual([])
  })
})
