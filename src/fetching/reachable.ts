import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { SourceRules } from './source-rules.ts'

/** Of IPv6 only these are given to anybody who may be asked (RFC 4291 §2.4); what else exists leads inside, somehow. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * May this address be connected to: is it of the public internet, or in a network that the deployment names?
 * Ways to write an IPv4 address in IPv6 (mapped, NAT64, 6to4, Teredo) are refused whatever they stand for.
 */
export function isReachable(text: string, { networks }: SourceRules): boolean {
  // A zone (`fe80::1%eth0`) says which of our own links is meant.
  if (text.includes('%') || isIP(text) === 0) return false
  const address = ipaddr.parse(text)
  if (networks.some((network) => isWithin(address, network))) return true
  if (address.range() !== 'unicast') return false
  return address instanceof ipaddr.IPv4 || address.match(globalUnicast)
}

function isWithin(
  address: ipaddr.IPv4 | ipaddr.IPv6,
  [first, bits]: SourceRules['networks'][number],
): boolean {
  return address.kind() === first.kind() && address.match(first, bits)
}
