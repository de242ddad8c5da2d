/**
 * Shares one question among all who ask it while it waits to be sent. Each caller gets an answer to a
 * question that was *sent after* they asked: those who come while one is on its way share the next. One is
 * on its way at a time, so under load the many who wait make the batch.
 *
 * With an answer, whoever has arrived in the same turn of the loop is read first; then their question is sent,
 * and only then do those who waited for the answer go on: the database works while they do.
 */
export function shared<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let underWay = false
  let next: PromiseWithResolvers<Answer> | null = null

  function send(): void {
    if (next === null || underWay) return
    const batch = next
    next = null
    underWay = true
    Promise.try(ask).then(
      (answer) => settle(() => batch.resolve(answer)),
      (error) => settle(() => batch.reject(error)),
    )
  }

  function settle(batch: () => void): void {
    underWay = false
    setImmediate(() => {
      send()
      batch()
    })
  }

  return () => {
    if (next) return next.promise
    next = Promise.withResolvers<Answer>()
    // Whoever arrives in the same turn of the loop comes along.
    if (!underWay) setImmediate(send)
    return next.promise
  }
}

/** As `shared`, for a question about many keys at once; each caller gets the answer about their own. */
export function batched<Answer>(
  ask: (keys: string[]) => Promise<ReadonlyMap<string, Answer>>,
): (key: string) => Promise<Answer | undefined> {
  let asked = new Set<string>()
  const answers = shared(() => {
    const keys = [...asked]
    asked = new Set()
    return ask(keys)
  })
  return async (key) => {
    asked.add(key)
    return (await answers()).get(key)
  }
}
