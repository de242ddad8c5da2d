import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'

/**
 * The address that a request came from. A trusted proxy may hand on what is none ("unknown", an address
 * with a port): then it is the proxy's own. Null: the connection is gone.
 */
export function ipOf(request: FastifyRequest): string | null {
  const { ip } = request
  if (isIP(ip) !== 0 && !ip.includes('%')) return ip
  const candidates = [ip, withoutPort(ip), request.socket.remoteAddress]
  return candidates.map(withoutZone).find((text) => isIP(text) !== 0) ?? null
}

/** PostgreSQL knows no zone; isIP does. */
function withoutZone(text: string | undefined): string {
  return (text ?? '').replace(/%.*$/, '')
}

function withoutPort(text: string | undefined): string | undefined {
  return /^\[?(.+?)\]?:\d+$/.exec(text ?? '')?.[1]
}
