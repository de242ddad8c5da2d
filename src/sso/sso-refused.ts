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
      texts.push(typeof code === 'string' ? `${next.message} (${code})` : next.message)
    }
    return texts.join(': ')
  }
}
