import type { ReturnedFailure } from './returned-failure.ts'

/**
 * The window at the provider has no opener any more, nor this page a window: their sites are kept apart
 * (Cross-Origin-Opener-Policy). What it tells decides nothing: the server is asked again.
 */
const name = 'postern-sso'

type Message = { kind: 'returned'; failure: ReturnedFailure | null } | { kind: 'heard' }

/** Without a failure it has gone well. `onHeard`: a page has waited for it. */
export function tellReturned(failure: ReturnedFailure | null, onHeard: () => void): () => void {
  const channel = new BroadcastChannel(name)
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'heard') onHeard()
  }
  channel.postMessage({ kind: 'returned', failure } satisfies Message)
  return () => channel.close()
}

/** The listener answers whether it was for it: the window at the provider closes only then. */
export function onReturned(listener: (failure: ReturnedFailure | null) => boolean): () => void {
  const channel = new BroadcastChannel(name)
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind !== 'returned' || !listener(data.failure)) return
    channel.postMessage({ kind: 'heard' } satisfies Message)
  }
  return () => channel.close()
}
