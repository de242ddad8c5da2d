/** All that anybody is told of a source that failed: the rest would tell what is inside our network. */
const texts = {
  failed: 'the source could not be fetched',
  too_large: 'the source is too large',
  too_slow: 'the source took too long',
} as const

export class SourceError extends Error {
  readonly kind: keyof typeof texts

  /** What happened, for the log only. */
  readonly reason: string

  constructor(kind: keyof typeof texts, cause: unknown = '') {
    super(texts[kind], { cause })
    this.name = 'SourceError'
    this.kind = kind
    this.reason = cause instanceof Error ? `${cause.name} ${cause.message}` : `${cause}`
  }
}

/** Every fault on the way of a source as one of three, but for the caller's own reason to stop. */
export function sourceErrorOf(error: unknown, stopping: AbortSignal): unknown {
  if (stopping.aborted) return stopping.reason
  return error instanceof SourceError ? error : new SourceError('failed', error)
}
