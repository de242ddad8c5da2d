import ipaddr from 'ipaddr.js'
import type { Config } from '../config.ts'

/** A network: its first address, and how many bits of it count. */
type Network = [ipaddr.IPv4 | ipaddr.IPv6, number]

/** What a deployment allows beyond https to the public internet. */
export type SourceRules = { allowsHttp: boolean; networks: Network[] }

export function sourceRulesOf({
  ALLOW_HTTP_SOURCES,
  SOURCE_ALLOWED_NETWORKS = '',
}: Config): SourceRules {
  const named = SOURCE_ALLOWED_NETWORKS.split(/[, ]+/).filter((text) => text !== '')
  return { allowsHttp: ALLOW_HTTP_SOURCES === 'on', networks: named.map(networkOf) }
}

/** An address alone is a network of one. */
function networkOf(text: string): Network {
  if (text.includes('/')) return ipaddr.parseCIDR(text)
  const address = ipaddr.parse(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}
