import { join } from 'node:path'
import { changingAuthority, forgetEverything } from './changes.ts'
import { authorizePath, mePath, writeRequests } from './load/requests.ts'
import type { Row } from './measure/sample.ts'
import { names } from './names.ts'
import { malformed } from './seed/asked.ts'
import type { BenchDatabase } from './seed/database.ts'
import type { Servers } from './servers/all.ts'

/**
 * Everything that is measured, in groups whose rows run side by side. What forgets comes last and by itself:
 * whatever runs after it finds nothing kept.
 */
export function rowsOf(
  servers: Servers,
  database: BenchDatabase,
  directory: string,
  peers: readonly Row[],
): Row[][] {
  const { client, asked, revoked } = database
  const file = (name: string) => join(directory, name)
  const requests = {
    uniform: writeRequests(file('uniform'), asked, 'uniform', authorizePath),
    zipf: writeRequests(file('zipf'), asked, 'zipf', authorizePath),
    me: writeRequests(file('me'), asked, 'uniform', mePath),
    malformed: writeRequests(file('malformed'), malformed(asked), 'uniform', authorizePath),
    revoked: writeRequests(file('revoked'), revoked, 'uniform', authorizePath),
  }
  const forget = () => forgetEverything(client)
  const { uniform } = requests
  return [
    mainRows(servers, database, requests),
    otherRows(servers, requests),
    fewConnections(servers, uniform, 8),
    [
      ...fewConnections(servers, uniform, 1),
      ofFew(servers, uniform, 1, 'prepared read', servers.prepared),
    ],
    ...(peers.length > 0 ? [[...oursBesidePeers(servers, uniform), ...peers]] : []),
    coldRows(servers, uniform, 64, forget),
    coldRows(servers, uniform, 1, forget),
  ]
}

type Requests = Record<'uniform' | 'zipf' | 'me' | 'malformed' | 'revoked', string>

function mainRows(servers: Servers, { client }: BenchDatabase, requests: Requests): Row[] {
  const { bare, postern } = servers
  const common = { base: names.bare, requests: requests.uniform, connections: 64, server: postern }
  const refused = { ...common, isRefused: true }
  const changing = (perSecond: number) => ({
    ...common,
    name: `Postern, ${perSecond} change${perSecond === 1 ? '' : 's'}/s`,
    beside: changingAuthority(client, perSecond),
  })
  return [
    { ...common, name: names.bare, server: bare },
    { ...common, name: names.postern },
    { ...common, name: 'Postern, zipf', requests: requests.zipf },
    changing(1),
    changing(100),
    { ...refused, name: names.malformed, requests: requests.malformed },
    { ...refused, name: 'Postern, revoked tokens', requests: requests.revoked },
    { ...common, name: 'coalesced read', server: servers.coalesced },
    { ...common, name: 'prepared read', server: servers.prepared },
    { ...common, name: 'naive read', server: servers.naive },
  ]
}

function otherRows(servers: Servers, { me, uniform }: Requests): Row[] {
  const ofMe = { requests: me, connections: 64, base: 'bare Fastify, GET /me' }
  const logging = { requests: uniform, connections: 64, base: 'bare Fastify, LOG_LEVEL=info' }
  return [
    { ...ofMe, name: ofMe.base, server: servers.bare },
    { ...ofMe, name: 'Postern, GET /me', server: servers.postern },
    { ...logging, name: logging.base, server: servers.bareLogging },
    { ...logging, name: 'Postern, LOG_LEVEL=info', server: servers.posternLogging },
  ]
}

const counted = (connections: number) =>
  connections === 1 ? '1 connection' : `${connections} connections`

function ofFew(
  { bare }: Servers,
  requests: string,
  connections: number,
  name: string,
  server = bare,
): Row {
  const suffix = counted(connections)
  return {
    base: `bare Fastify, ${suffix}`,
    name: `${name}, ${suffix}`,
    server,
    requests,
    connections,
  }
}

function fewConnections(servers: Servers, requests: string, connections: number): Row[] {
  return [
    ofFew(servers, requests, connections, 'bare Fastify'),
    ofFew(servers, requests, connections, 'Postern', servers.postern),
  ]
}

function coldRows(
  { bare, postern }: Servers,
  requests: string,
  connections: number,
  before: () => Promise<unknown>,
): Row[] {
  const suffix = `${counted(connections)}, cold`
  const common = { base: `bare Fastify, ${suffix}`, requests, connections }
  return [
    { ...common, name: common.base, server: bare },
    { ...common, name: `Postern, ${suffix}`, server: postern, before },
  ]
}

function oursBesidePeers({ bare, postern }: Servers, requests: string): Row[] {
  const common = { base: names.bareBesidePeers, requests, connections: 64 }
  return [
    { ...common, name: names.bareBesidePeers, server: bare },
    { ...common, name: names.posternBesidePeers, server: postern },
  ]
}
