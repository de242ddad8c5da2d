import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gatewayConfig } from './gateway/nginx.ts'
import { startPostern } from './gateway/postern.ts'
import { scenes } from './gateway/scenes.ts'
import { findNginx } from './processes/find-nginx.ts'
import { freePort } from './processes/free-port.ts'

/**
 * `npm run verify:gateway`: nginx with `auth_request` in front of a small upstream, and a Postern of its own
 * behind it. What nginx lets through must be what the API itself allows, before and after each loss.
 */
const nginx = nginxOrEnd()
const directory = mkdtempSync(join(tmpdir(), 'postern-gateway-'))
chmodSync(directory, 0o755)
const ends: (() => unknown)[] = [() => rmSync(directory, { recursive: true, force: true })]
let failures = 0
try {
  const postern = await startPostern(directory)
  ends.unshift(postern.stop)
  const seen: IncomingHttpHeaders[] = []
  const upstream = await listen(seen)
  ends.unshift(() => upstream.close())
  const port = await freePort()
  const gateway = await startNginx(port, portOf(upstream), postern.url)
  ends.unshift(() => gateway.kill())
  for (const { name, run } of scenes) {
    const fault = await run({ postern, gatewayUrl: `http://127.0.0.1:${port}`, seen }).then(
      () => null,
      (error: Error) => error.message,
    )
    if (fault !== null) failures += 1
    console.log(
      `${fault === null ? 'ok      ' : 'NOT OK  '}${name}${fault === null ? '' : `: ${fault}`}`,
    )
  }
} finally {
  for (const end of ends) await end()
}
console.log(failures === 0 ? 'The gateway decides as the API does.' : `${failures} failed.`)
process.exit(failures === 0 ? 0 : 1)

function nginxOrEnd(): string {
  try {
    return findNginx()
  } catch (error) {
    console.error((error as Error).message)
    return process.exit(1)
  }
}

/** Answers 200 to everything, and remembers with which headers it was asked. */
async function listen(seen: IncomingHttpHeaders[]): Promise<Server> {
  const server = createServer((request, response) => {
    seen.push(request.headers)
    response.end('upstream\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

async function startNginx(port: number, upstream: number, postern: string): Promise<ChildProcess> {
  const file = join(directory, 'nginx.conf')
  writeFileSync(file, gatewayConfig({ directory, port, upstream, postern }))
  const child = spawn(nginx, ['-c', file, '-p', directory], { stdio: 'inherit' })
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => null)
    if (answer) return child
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('nginx does not answer')
}
