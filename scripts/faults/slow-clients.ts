import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { establishedTo } from './kept-connections.ts'
import { connectionsTo, othersThan, paced, percentile } from './paced.ts'
import { atMost, exactly, type Scenario, told } from './scenario.ts'
import { openSite, type Site } from './site.ts'

/** What a client sends at first, and then every few seconds; null: it sends no more, and reads nothing. */
type Slowness = { name: string; first: string; more: string | null }

const dribbleMs = 3000
const limitSeconds = 30
const honestRate = 20

/** L2. Clients that take their time to send a header or a body, or to read what they asked for. */
export const slowClients: Scenario = {
  title: '2,000 clients that send or read slowly',
  async run(options) {
    const site = await openSite(options, { writers: 1 })
    const { postern } = site
    const each = options.quick ? 100 : 667
    const honest = connectionsTo(postern.url)
    try {
      const question = { path: '/authorize', as: site.writers[0]!.token }
      await honest.ask(question)
      const all = slownesses(site).map((slowness) => ({
        slowness,
        clients: Array.from({ length: each }, () => slowClient(postern.url, slowness)),
      }))
      const sample = await paced(honestRate, limitSeconds, () => honest.ask(question))
      await sleep(500)
      const figures = all.flatMap(({ slowness: { name, more }, clients }) => {
        if (more === null) return []
        const cut = clients.filter((one) => one.status !== null)
        const slowest = Math.max(...cut.map(({ seconds }) => seconds))
        return [
          exactly(`${name}: cut of ${each}`, each, cut.length),
          exactly(`${name}: with`, '408', [...new Set(cut.map(({ status }) => status))].join(', ')),
          atMost(`${name}: the last one after`, limitSeconds, slowest, ' s'),
        ]
      })
      const ports = new Set(
        all.flatMap(({ clients }) => clients.map(({ socket }) => socket.localPort!)),
      )
      return [
        ...figures,
        // Who doesn't read doesn't see the end either: the kernel is asked who is still connected.
        exactly('of all of them still connected', 0, establishedTo(postern.url, ports)),
        told('requests of honest clients', sample.ms.length),
        exactly('of these answered other than 204', 0, othersThan(sample, 204)),
        atMost('their p99', 300, percentile(sample, 0.99), ' ms'),
      ]
    } finally {
      honest.close()
      await site.close()
    }
  },
}

/**
 * The longest answer there is, so often that all of them fill every buffer on the way: up to 4 MB of them the
 * kernel takes, and the server has answered and is waiting for the next request.
 */
const pipelined = 16

function slownesses({ writers }: Site): Slowness[] {
  const [writer] = writers
  const authorization = `host: x\r\nauthorization: Bearer ${writer!.session}\r\n`
  const page = 'GET /openapi.json HTTP/1.1\r\nhost: x\r\n\r\n'
  return [
    { name: 'header', first: `GET /api/v1/me HTTP/1.1\r\n${authorization}`, more: 'x' },
    {
      name: 'body',
      first: `POST /api/v1/me/tokens HTTP/1.1\r\n${authorization}content-type: application/json\r\ncontent-length: 1000\r\n\r\n{`,
      more: ' ',
    },
    { name: 'reader', first: page.repeat(pipelined), more: null },
  ]
}

type SlowClient = { socket: Socket; status: number | null; seconds: number }

function slowClient(url: string, { first, more }: Slowness): SlowClient {
  const { port, hostname } = new URL(url)
  const socket = connect(Number(port), hostname)
  const seen: SlowClient = { socket, status: null, seconds: 0 }
  const startedAt = performance.now()
  socket.on('error', () => undefined)
  socket.write(first)
  if (more === null) {
    socket.pause()
    return seen
  }
  const dribble = setInterval(() => socket.write(more), dribbleMs)
  socket.once('data', (data) => {
    seen.status = Number(data.toString('latin1').slice(9, 12))
    seen.seconds = (performance.now() - startedAt) / 1000
  })
  socket.once('close', () => clearInterval(dribble))
  return seen
}
