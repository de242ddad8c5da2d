import { createHmac } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeRequests } from '../load/requests.ts'
import type { Row } from '../measure/sample.ts'
import { names } from '../names.ts'
import type { BenchDatabase } from '../seed/database.ts'
import { type BenchServer, startServer } from './start.ts'

/** What others do with the same requests, beside the bare server's answer. They do less: see bench/README.md. */
const peers = {
  'peer: fast-jwt HS256': 'fast-jwt',
  'peer: @fastify/jwt HS256': 'fastify-jwt',
  'peer: oauth2-server with our read': 'oauth2-server',
  'peer: better-auth verifyApiKey': 'better-auth',
  'peer: oidc-provider introspection': 'oidc-provider',
}
const isInstalled = () => existsSync('bench/peers/node_modules')
const secret = 'a secret for the tokens of one run only, which is long enough'

export type Peers = { rows: Row[]; stop(): Promise<void> }

export async function startPeers(
  database: BenchDatabase,
  answers: string,
  directory: string,
): Promise<Peers> {
  if (!isInstalled()) throw new Error('The peers are not installed: npm run bench:peers does that')
  const tokens = join(directory, 'tokens')
  writeFileSync(tokens, database.asked.map(({ token }) => token).join('\n'))
  const environment = {
    DATABASE_URL: await database.another('peers'),
    POSTERN_DATABASE_URL: database.url,
    ANSWERS: answers,
    TOKENS: tokens,
    SECRET: secret,
  }
  const servers: BenchServer[] = []
  const rows: Row[] = []
  for (const [name, file] of Object.entries(peers)) {
    const server = await startServer(`bench/peers/${file}.ts`, environment)
    servers.push(server)
    const requests = requestsOf(file, database, directory)
    rows.push({ name, server, requests, base: names.bareBesidePeers, connections: 64 })
  }
  return { rows, stop: async () => void (await Promise.all(servers.map((one) => one.stop()))) }
}

function requestsOf(peer: string, { asked }: BenchDatabase, directory: string): string {
  const path = () => '/api/v1/authorize'
  const file = join(directory, peer)
  if (peer.endsWith('jwt')) {
    const signed = asked.map((one, at) => ({ ...one, token: jsonWebToken(at) }))
    return writeRequests(file, signed, 'uniform', path)
  }
  if (peer !== 'oidc-provider') return writeRequests(file, asked, 'uniform', path)
  const basic = Buffer.from('bench:a+secret+for+one+run+only').toString('base64')
  return writeRequests(
    file,
    asked,
    'uniform',
    () => '/token/introspection',
    ({ token }) => ({
      authorization: `Basic ${basic}`,
      body: `token=${token}&token_type_hint=client_credentials`,
    }),
  )
}

function jsonWebToken(number: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const now = Math.floor(Date.now() / 1000)
  const claims = { sub: `user ${number}`, jti: `token ${number}`, iat: now, exp: now + 86_400 }
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}
