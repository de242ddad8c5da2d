import { readdirSync, readFileSync } from 'node:fs'
import { connectionsTo, othersThan, paced, type Sample } from './paced.ts'
import { atMost, type Scenario, told } from './scenario.ts'
import { openSite } from './site.ts'

const rate = 400
const stretchSeconds = 5

type Reading = { megabytes: number; files: number }

/** L7. The same load for long: what grows then grows for ever. */
export const soak: Scenario = {
  title: 'a soak: 400 requests per second',
  async run(options) {
    const site = await openSite(options, { writers: 20 })
    const { postern, ask, writers } = site
    const client = connectionsTo(postern.url)
    const send = (at: number) =>
      client.ask({ path: '/me', as: writers[at % writers.length]!.token })
    const stretches = Math.ceil((options.soakMinutes * 60) / stretchSeconds)
    const samples: Sample[] = []
    const readings: Reading[] = []
    try {
      for (let stretch = 0; stretch < stretches; stretch += 1) {
        samples.push(await paced(rate, stretchSeconds, send))
        readings.push(readingOf(postern.child.pid!))
      }
      const metrics = (await ask({ path: '//metrics' })).body
      const lag = /^nodejs_eventloop_lag_p99_seconds ([\d.e-]+)$/m.exec(metrics)?.[1]
      const requests = samples.reduce((sum, { ms }) => sum + ms.length, 0)
      const errors = samples.reduce((sum, sample) => sum + othersThan(sample, 200), 0)
      const growth = (of: (reading: Reading) => number) => {
        const [, middle, last] = thirds(readings.map(of))
        return last! / middle!
      }
      return [
        told('minutes (`--soak 30` for half an hour)', options.soakMinutes),
        told('requests', requests),
        atMost('errors per million', 2, (1e6 * errors) / requests),
        told('memory of the server in the end, MB', readings.at(-1)!.megabytes),
        atMost(
          'memory in the last third, to the one before',
          1.1,
          growth((one) => one.megabytes),
        ),
        atMost(
          'open files in the last third, to the one before',
          1.1,
          growth((one) => one.files),
        ),
        atMost('event loop: p99 of its delay', 50, Number(lag) * 1000, ' ms'),
      ]
    } finally {
      client.close()
      await site.close()
    }
  },
}

function readingOf(pid: number): Reading {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return { megabytes: Number(kilobytes) / 1024, files: readdirSync(`/proc/${pid}/fd`).length }
}

/** The mean of each third. */
function thirds(values: readonly number[]): number[] {
  const length = Math.floor(values.length / 3)
  return [0, 1, 2].map((third) => {
    const part = values.slice(third * length, (third + 1) * length)
    return part.reduce((sum, value) => sum + value, 0) / part.length
  })
}
