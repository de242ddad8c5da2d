import { cpuOf } from '../../bench/measure/cpu.ts'
import { type Answer, moment } from '../freshness/connection.ts'
import {
  bestP99,
  connectionsTo,
  othersThan,
  paced,
  percentile,
  type Sample,
  sampleOf,
} from './paced.ts'
import { atLeast, atMost, exactly, type Scenario, told } from './scenario.ts'
import { openSite } from './site.ts'

const connections = 32
/** What else runs on the machine makes a stretch slower and never faster: the best one tells most of us. */
const stretches = 5

/** L3. As many requests with a token as there can be, and then 70 % of that. */
export const saturation: Scenario = {
  title: 'GET with a token, at saturation and at 70 % of it',
  async run(options) {
    const site = await openSite(options, { writers: 1 })
    const [writer] = site.writers
    const pid = site.postern.child.pid!
    const client = connectionsTo(site.postern.url)
    const question = { path: '/me', as: writer!.token }
    const seconds = options.quick ? 3 : 10
    try {
      await saturate(() => client.ask(question), 2)
      const before = cpuOf(pid)
      const answers = await saturate(() => client.ask(question), seconds)
      const cpuSeconds = (cpuOf(pid) - before) / 1e6
      const full = sampleOf(answers)
      const perSecond = answers.length / seconds
      const most: Sample[] = []
      for (let stretch = 0; stretch < stretches; stretch += 1) {
        most.push(await paced(0.7 * perSecond, seconds / 2, () => client.ask(question)))
      }
      return [
        told('requests per second, with the client on the same machine', perSecond),
        atLeast('requests per second of CPU', 240, answers.length / cpuSeconds),
        told('p99 at saturation, ms', percentile(full, 0.99)),
        atMost('p99 at 70 %, in the best of five stretches', 50, bestP99(most), ' ms'),
        exactly(
          'answers other than 200',
          0,
          [full, ...most].reduce((sum, sample) => sum + othersThan(sample, 200), 0),
        ),
      ]
    } finally {
      client.close()
      await site.close()
    }
  },
}

async function saturate(ask: () => Promise<Answer>, seconds: number): Promise<Answer[]> {
  const until = moment() + seconds * 1e9
  const answers: Answer[] = []
  const loop = async () => {
    while (moment() < until) answers.push(await ask())
  }
  await Promise.all(Array.from({ length: connections }, loop))
  return answers
}
