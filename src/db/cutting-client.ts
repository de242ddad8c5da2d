import type { Socket } from 'node:net'
import pg from 'pg'

/**
 * Cuts the connection on which an answer did not come in time. The query is still under way there, and
 * whatever follows would wait behind it: the ROLLBACK of its transaction, and then whoever is given the
 * connection next, inside a transaction that somebody else began.
 */
export class CuttingClient extends pg.Client {
  override query(...args: unknown[]): never {
    const result: unknown = super.query(...(args as [string]))
    // With a callback it is the pool that asks, and drops the connection itself.
    if (result instanceof Promise) result.catch((error: Error) => this.#cutIfLate(error))
    return result as never
  }

  /** Ends it at once, whatever is under way: who waits for an answer is told that there is none. */
  cut(): void {
    const { stream } = (this as unknown as { connection: { stream: Socket } }).connection
    stream.destroy()
  }

  #cutIfLate({ message }: Error): void {
    if (message === 'Query read timeout') void this.end()
  }
}
