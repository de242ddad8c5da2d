import { readFileSync } from 'node:fs'
import { type Answer, Connection } from '../freshness/connection.ts'
import { othersThan, paced, percentile } from './paced.ts'
import { atMost, cannotRun, exactly, type Scenario, told } from './scenario.ts'
import { openSite } from './site.ts'

const count = 10_000
/** Beside the connections: PostgreSQL's, files, and what Node itself opens. */
const spare = 500
const rate = 500

/** L1. Ten thousand clients keep their connections open, and ask now and then. */
export const keptConnections: Scenario = {
  title: '10,000 kept connections, 500 requests per second',
  async run(options) {
    const limit = openFilesMax()
    if (limit < count + spare) {
      return [
        cannotRun(
          `a process may open ${limit} files here (ulimit -n), needed are ${count + spare}`,
        ),
      ]
    }
    const site = await openSite(options, { writers: 1 })
    const [writer] = site.writers
    const { url, child } = site.postern
    const connections = Array.from({ length: count }, () => new Connection(url, 120_000))
    const question = { path: '/authorize', as: writer!.token }
    const send = (at: number): Promise<Answer> => connections[at % count]!.ask(question)
    try {
      const startedAt = performance.now()
      await paced(2000, count / 2000, send)
      const openedMs = performance.now() - startedAt
      const sample = await paced(rate, options.quick ? 5 : 30, send)
      const megabytes = Number(statusOf(child.pid!, 'VmRSS')) / 1024
      return [
        told('all opened, each with a request, ms', openedMs),
        told('connections that the server holds', establishedTo(url)),
        told('requests', sample.ms.length),
        exactly('answers other than 204', 0, othersThan(sample, 204)),
        atMost('p99', 250, percentile(sample, 0.99), ' ms'),
        atMost('memory of the server', 700, megabytes, ' MB'),
      ]
    } finally {
      for (const connection of connections) connection.close()
      await site.close()
    }
  },
}

const statusOf = (pid: number | 'self', field: string): string =>
  new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ??
  ''

function openFilesMax(): number {
  const limits = readFileSync('/proc/self/limits', 'utf8')
  return Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? 0)
}

/** How many connections are open at the server's end, as the kernel tells it; of these clients only, by their ports. */
export function establishedTo(url: string, clients?: ReadonlySet<number>): number {
  const server = Number(new URL(url).port)
  const open = readFileSync('/proc/net/tcp', 'utf8').matchAll(/:(\w{4}) \w{8}:(\w{4}) 01 /g)
  return [...open].filter(([, near = '', far = '']) => {
    const isTo = Number.parseInt(near, 16) === server
    return isTo && (clients?.has(Number.parseInt(far, 16)) ?? true)
  }).length
}
