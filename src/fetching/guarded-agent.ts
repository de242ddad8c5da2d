import type { LookupAddress, LookupOptions } from 'node:dns'
import { lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction, type Socket } from 'node:net'
import { Agent, buildConnector } from 'undici'
import { isReachable } from './reachable.ts'
import { SourceError } from './source-error.ts'
import type { SourceRules } from './source-rules.ts'

/** All addresses of a name, as `dns.lookup` answers with `all`. */
export type LookupAll = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

export type AgentOptions = {
  rules: SourceRules
  /** Instead of the system's, for tests. */
  lookup?: LookupAll | undefined
  /** Certificates to trust beside the public ones, for tests. */
  ca?: string | undefined
}

const connectMs = 10_000
/** Until the headers have come, and between two pieces of the body. */
const silenceMs = 30_000

/**
 * An agent that connects to nothing but reachable addresses. What a name stands for is looked up once, by the
 * connection itself, and judged there: no second answer of the DNS can lead elsewhere.
 */
export function guardedAgent({ rules, lookup = systemLookup, ca }: AgentOptions): Agent {
  const connect = buildConnector({
    allowH2: false,
    timeout: connectMs,
    lookup: guardedLookup(rules, lookup),
    ...(ca !== undefined && { ca }),
  })
  return new Agent({
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
    connect(options, callback) {
      // An address that stands in the URL itself is connected to without any lookup.
      const host = options.hostname.replace(/^\[|\]$/g, '')
      if (isIP(host) !== 0 && !isReachable(host, rules)) {
        callback(new SourceError('failed', `refused ${host}`), null)
        return
      }
      connect(options, (error, socket) => {
        if (error) callback(error, null)
        else if (isConnectedWithin(socket, rules)) callback(null, socket)
        else {
          socket.destroy()
          callback(new SourceError('failed', 'connected elsewhere'), null)
        }
      })
    },
  })
}

/** The last word: whatever led there, this is who answers. */
const isConnectedWithin = ({ remoteAddress = '' }: Socket, rules: SourceRules) =>
  isReachable(remoteAddress, rules)

/** One address that isn't reachable spoils all: nobody's public name has an honest reason to stand for it too. */
function guardedLookup(rules: SourceRules, lookup: LookupAll): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? []
      if (error) callback(error, '')
      else if (!first || !addresses.every(({ address }) => isReachable(address, rules))) {
        callback(new SourceError('failed', `refused ${hostname}`), '')
      } else if (options.all) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
}
