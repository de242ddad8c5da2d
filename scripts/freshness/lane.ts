import { type Authority, checkHistory, type History, type Violation } from './check-history.ts'
import { type Answer, type Ask, Connection } from './connection.ts'
import type { Scene, Subject } from './scenes.ts'
import type { Stage } from './stage.ts'

export type Tally = {
  requests: number
  unavailable: number
  changes: number
  violations: Violation[]
}

export type LaneOptions = {
  stage: Stage
  /** Connections that ask all the time, spread over the servers. */
  readers: number
  /** So many requests begin and end after a change before the next one. */
  requestsPerChange: number
  isOver(): boolean
  tally: Tally
}

/** Plays a scene with one subject after the other, and checks the history of each. */
export async function runLane(scene: Scene, options: LaneOptions): Promise<void> {
  const { stage, tally } = options
  // Beside the readers one for each server, which asks at the very moment when a change has returned.
  const { urls } = stage
  const readers = Array.from({ length: options.readers }, (_, at) => at % urls.length)
  const connections = [...readers, ...urls.keys()].map((server) => ({
    server,
    connection: new Connection(urls[server]!),
  }))
  try {
    for await (const subject of scene(stage)) {
      const history = await play(subject, options, connections)
      tally.violations.push(...checkHistory(history))
      if (options.isOver()) return
    }
  } finally {
    for (const { connection } of connections) connection.close()
  }
}

type Reader = { server: number; connection: Connection }

async function play(
  { question, changes }: Subject,
  { stage, readers, requestsPerChange, isOver, tally }: LaneOptions,
  connections: readonly Reader[],
): Promise<History> {
  const history = { before: 'allowed' as const, changes: [], requests: [] } as {
    before: Authority
    changes: History['changes'][number][]
    requests: History['requests'][number][]
  }
  let begun = 0
  const log = async ({ server, connection }: Reader) => {
    const answer = readAnswer(question, await connection.ask(question))
    history.requests.push({ ...answer, server })
    tally.requests += 1
    if (answer.answer === 'unavailable') tally.unavailable += 1
  }
  let isPlaying = true
  const busy = connections.slice(0, readers).map(async (reader) => {
    while (isPlaying) {
      await log(reader)
      begun += 1
    }
  })
  /** Resolves when so many more requests have ended; whoever was on the way is not counted. */
  const more = async (count: number) => {
    const enough = begun + readers + count
    while (isPlaying && begun < enough) await new Promise((resolve) => setTimeout(resolve, 1))
  }
  const changing = async () => {
    await more(readers)
    for (const change of changes) {
      await new Promise((resolve) => setTimeout(resolve, stage.random() * 5))
      history.changes.push(await change())
      tally.changes += 1
      await Promise.all([...connections.slice(readers).map(log), more(requestsPerChange)])
      if (isOver()) return
    }
  }
  // A reader ends only by an answer that nobody expects.
  await Promise.race([changing(), Promise.all(busy)]).finally(() => {
    isPlaying = false
  })
  await Promise.all(busy)
  return history
}

function readAnswer(question: Ask, { status, body, start, end }: Answer) {
  if (status === 0 || status === 503) return { answer: 'unavailable' as const, start, end }
  if (status === 200 || status === 204) return { answer: 'allowed' as const, start, end }
  if ([401, 403, 404].includes(status)) return { answer: 'refused' as const, start, end }
  throw new Error(`${question.path} answers ${status}: ${body}`)
}
