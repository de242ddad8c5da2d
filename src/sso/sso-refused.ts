import { SourceError } from '../fetching/source-error.ts'

/** Why nobody is signed in. The reason is for the log alone. */
export class SsoRefused extends Error {
  constructor(reason: string, cause?: unknown) {
    super(reason, { cause })
    this.name = 'SsoRefused'
  }

  /** With its causes, but without what they carry: that holds claims, codes and tokens. */
  get reasons(): string {
    const texts: string[] = []
    for (let next: unknown = this; next instanceof Error && texts.length < 5; next = next.cause) {
      const { code } = next as { code?: unknown }
      // What a source fails by is told nobody but the log, which this is for.
      const more =
        next instanceof SourceError && !(next.cause instanceof Error) ? next.reason : code
      texts.push(
        typeof more === 'string' && more !== '' ? `${next.message} (${more})` : next.message,
      )
    }
    return texts.join(': ')
  }
}
