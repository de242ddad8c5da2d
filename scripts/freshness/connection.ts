import { connect, type Socket } from 'node:net'
import type { Span } from './check-history.ts'

export type Answer = Span & { status: number; body: string }

export type Ask = {
  method?: string
  path: string
  as?: string | null
  body?: unknown
}

/** Nanoseconds of the machine's clock that only goes forward; the same for all its processes. */
export const moment = (): number => Number(process.hrtime.bigint())

const defaultTimeoutMs = 15_000

/**
 * One connection that is kept, with one request on it at a time. As little as it takes: where a million
 * requests are sent and their times compared, the client must not be what is measured.
 */
export class Connection {
  readonly #url: URL
  readonly #timeoutMs: number
  #socket: Socket | null = null
  #received = ''
  #answered: ((answer: { status: number; body: string }) => void) | null = null
  #failed: (error: Error) => void = () => undefined

  /** Nothing is heard for so long: the connection is given up. */
  constructor(url: string, timeoutMs = defaultTimeoutMs) {
    this.#url = new URL(url)
    this.#timeoutMs = timeoutMs
  }

  /** Status 0 where the connection broke before the answer was there. */
  async ask({ method = 'GET', path, as, body }: Ask): Promise<Answer> {
    const content = body === undefined ? '' : JSON.stringify(body)
    const lines = [
      `${method} /api/v1${path} HTTP/1.1`,
      `host: ${this.#url.host}`,
      ...(as ? [`authorization: Bearer ${as}`] : []),
      ...(content ? ['content-type: application/json'] : []),
      ...(method === 'GET' ? [] : [`content-length: ${Buffer.byteLength(content)}`]),
    ]
    const start = moment()
    const answer = await new Promise<{ status: number; body: string }>((resolve, reject) => {
      this.#answered = resolve
      this.#failed = reject
      this.#socket ??= this.#open()
      this.#socket.write(`${lines.join('\r\n')}\r\n\r\n${content}`)
    }).catch((error: Error) => ({ status: 0, body: error.message }))
    return { ...answer, start, end: moment() }
  }

  close(): void {
    this.#socket?.destroy()
  }

  #open(): Socket {
    const socket = connect(Number(this.#url.port), this.#url.hostname)
    socket.setNoDelay(true).setEncoding('latin1').setTimeout(this.#timeoutMs)
    socket.on('data', (chunk: string) => this.#receive(chunk))
    socket.on('timeout', () => socket.destroy(new Error(`no answer for ${this.#timeoutMs} ms`)))
    socket.on('error', (error) => this.#failed(error))
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = null
      this.#received = ''
      this.#failed(new Error('the connection was closed'))
    })
    return socket
  }

  /** The API frames every body by its length. */
  #receive(chunk: string): void {
    this.#received += chunk
    const head = this.#received.indexOf('\r\n\r\n')
    if (head === -1) return
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(this.#received)?.[1] ?? 0)
    if (this.#received.length < head + 4 + length) return
    const status = Number(this.#received.slice(9, 12))
    const body = Buffer.from(this.#received.slice(head + 4), 'latin1').toString()
    this.#received = ''
    this.#answered?.({ status, body })
  }
}
