import { hash, timingSafeEqual } from 'node:crypto'
import { BlockList, isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { notFound, unauthorized } from '../http/errors.ts'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Headers by which a proxy says that it only hands on. */
const forwarding = ['forwarded', 'via', 'x-real-ip', 'x-forwarded-for', 'x-forwarded-host']

/**
 * Throws unless this request may read the metrics: with METRICS_TOKEN whoever sends it; without, a process
 * of this machine, unless it is a proxy.
 */
export function requireScraper(
  { headers, socket }: FastifyRequest,
  { METRICS_TOKEN, TRUST_PROXY }: Pick<Config, 'METRICS_TOKEN' | 'TRUST_PROXY'>,
): void {
  if (METRICS_TOKEN !== undefined) {
    const given = /^bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
    if (given === undefined) throw unauthorized('no metrics token', 'absent')
    if (!isSame(given, METRICS_TOKEN)) throw unauthorized('not the metrics token')
    return
  }
  // Behind a proxy of this machine the whole world comes from here.
  const isForwarded = TRUST_PROXY !== undefined || forwarding.some((name) => name in headers)
  if (isForwarded || !isLoopback(socket.remoteAddress ?? '')) throw notFound()
}

export function isLoopback(ip: string): boolean {
  const family = isIP(ip)
  return family !== 0 && loopback.check(ip, family === 4 ? 'ipv4' : 'ipv6')
}

/** In a time that tells nothing of where they differ, nor of their lengths. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'))
}
