import { Transform } from 'node:stream'
import { SourceError, sourceErrorOf } from './source-error.ts'

/** Passes on what comes, up to so many bytes, and tells whatever went wrong before it in our words. */
export function limited(maxBytes: number, stopping: AbortSignal): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > maxBytes) done(new SourceError('too_large'))
      else done(null, chunk)
    },
    destroy(error, done) {
      done(error && (sourceErrorOf(error, stopping) as Error))
    },
  })
}
