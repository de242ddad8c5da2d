import { join } from 'node:path'
import { changingAuthority, forgetEverything } from './changes.ts'
import { authorizePath, mePath, writeRequests } from './load/requests.ts'
import type { Row } from './measure/sample.ts'
import { names } from './names.ts'
import { malformed } from './seed/asked.ts'
import type { BenchDatabase } from './seed/database.ts'
import type { Servers } from './servers/all.ts'

/** Everything that is measured, in groups whose rows run side by side. */
export function rowsOf(
  servers: Servers,
  database: BenchDatabase,
  directory: string,
  peers: readonly Row[],
): Row[][] {
  const { client, asked, revoked } = database
  const file = (name: string) => join(directory, name)
  const uniform = writeRequests(file('uniform'), asked, 'uniform', authorizePath)
  const zipf = writeRequests(file('zipf'), asked, 'zipf', authorizePath)
  const me = writeRequests(file('me'), asked, 'uniform', mePath)
  const bad = writeRequests(file('malformed'), malformed(asked), 'uniform', authorizePath)
  const dead = writeRequests(file('revoked'), revoked, 'uniform', authorizePath)

  const { bare, postern } = servers
  const at64 = { base: names.bare, requests: uniform, connections: 64 }
  const main: Row[] = [
    { ...at64, name: names.bare, server: bare },
    { ...at64, name: names.postern, server: postern },
    { ...at64, name: 'Postern, zipf', server: postern, requests: zipf },
    { ...at64, name: 'Postern, 1 change/s', server: postern, beside: changingAuthority(client, 1) },
    {
      ...at64,
      name: 'Postern, 100 changes/s',
      server: postern,
      beside: changingAuthority(client, 100),
    },
    { ...at64, name: 'Postern, cold', server: postern, before: () => forgetEverything(client) },
    { ...at64, name: names.malformed, server: postern, requests: bad, isRefused: true },
    { ...at64, name: 'Postern, revoked tokens', server: postern, requests: dead, isRefused: true },
    { ...at64, name: 'coalesced read', server: servers.coalesced },
    { ...at64, name: 'prepared read', server: servers.prepared },
    { ...at64, name: 'naive read', server: servers.naive },
  ]
  const ofMe = { requests: me, connections: 64, base: 'bare Fastify, GET /me' }
  const logging = { ...at64, base: 'bare Fastify, LOG_LEVEL=info' }
  const others: Row[] = [
    { ...ofMe, name: ofMe.base, server: bare },
    { ...ofMe, name: 'Postern, GET /me', server: postern },
    { ...logging, name: logging.base, server: servers.bareLogging },
    { ...logging, name: 'Postern, LOG_LEVEL=info', server: servers.posternLogging },
  ]
  const few = [8, 1].map((connections): Row[] => {
    const suffix = connections === 1 ? '1 connection' : `${connections} connections`
    const base = `bare Fastify, ${suffix}`
    const common = { base, requests: uniform, connections }
    return [
      { ...common, name: base, server: bare },
      { ...common, name: `Postern, ${suffix}`, server: postern },
      ...(connections > 1
        ? []
        : [
            {
              ...common,
              name: `Postern, ${suffix}, cold`,
              server: postern,
              before: () => forgetEverything(client),
            },
            { ...common, name: `prepared read, ${suffix}`, server: servers.prepared },
          ]),
    ]
  })
  const besidePeers = { ...at64, base: names.bareBesidePeers }
  const ours: Row[] = [
    { ...besidePeers, name: names.bareBesidePeers, server: bare },
    { ...besidePeers, name: names.posternBesidePeers, server: postern },
  ]
  return [main, others, ...few, ...(peers.length > 0 ? [[...ours, ...peers]] : [])]
}
