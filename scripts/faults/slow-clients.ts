import { setTimeout as sleep } from 'node:timers/promises'
import { establishedTo } from './kept-connections.ts'
import { connectionsTo, othersThan, paced, percentile } from './paced.ts'
import { atMost, exactly, type Figure, type Scenario, told } from './scenario.ts'
import { openSite } from './site.ts'
import { type SlowClient, type Slowness, slowClient, slownesses } from './slow-client.ts'

/** They come within so many seconds, and must be gone so many seconds after the last one. */
const arrivalSeconds = 4
const limitSeconds = 30
const honestRate = 20
/** Each of those who read nothing holds 4 MB of the kernel's memory, so there are fewer. */
const full = { header: 950, body: 950, reader: 100 }
const quick = { header: 100, body: 100, reader: 50 }

/** L2. Clients that take their time to send a header or a body, or to read what they asked for. */
export const slowClients: Scenario = {
  title: '2,000 clients that send or read slowly',
  async run(options) {
    const site = await openSite(options, { writers: 1 })
    const { url } = site.postern
    const counts = options.quick ? quick : full
    const honest = connectionsTo(url)
    try {
      const { session, token } = site.writers[0]!
      const question = { path: '/authorize', as: token }
      await honest.ask(question)
      const sampling = paced(honestRate, arrivalSeconds + limitSeconds, () => honest.ask(question))
      const { header, body, reader } = slownesses(session)
      const [headers, bodies, readers] = await Promise.all([
        arrive(url, header, counts.header),
        arrive(url, body, counts.body),
        arrive(url, reader, counts.reader),
      ])
      const sample = await sampling
      await sleep(1000)
      return [
        ...cutFigures('header', headers),
        ...cutFigures('body', bodies),
        // Who doesn't read doesn't see the end either: the kernel is asked who is still connected.
        exactly(
          `reader: of ${readers.length} still connected`,
          0,
          establishedTo(url, ports(readers)),
        ),
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

async function arrive(url: string, slowness: Slowness, count: number): Promise<SlowClient[]> {
  const clients: SlowClient[] = []
  while (clients.length < count) {
    clients.push(slowClient(url, slowness))
    await sleep((arrivalSeconds * 1000) / count - 1)
  }
  return clients
}

function cutFigures(name: string, clients: readonly SlowClient[]): Figure[] {
  const cut = clients.filter(({ status }) => status !== null)
  const slowest = Math.max(...cut.map(({ seconds }) => seconds))
  const statuses = new Set(cut.map(({ status }) => status))
  return [
    exactly(`${name}: cut of ${clients.length}`, clients.length, cut.length),
    exactly(`${name}: with`, '408', [...statuses].join(', ')),
    atMost(`${name}: the last one after`, limitSeconds, slowest, ' s'),
  ]
}

const ports = (clients: readonly SlowClient[]): Set<number> =>
  new Set(clients.map(({ socket }) => socket.localPort!))
