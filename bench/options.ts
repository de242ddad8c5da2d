import { parseArgs } from 'node:util'

/** What a run measures: `npm run bench -- --tokens 1k,1m --quick`. */
export type Options = {
  /** How many tokens the database holds; each size is a run of its own. */
  sizes: number[]
  rounds: number
  sampleSeconds: number
  /** Only rows whose name holds this text, beside what they are compared with. */
  only: string
  /** Peers that are installed in bench/peers, too. */
  peers: boolean
}

export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      tokens: { type: 'string', default: '100k' },
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      only: { type: 'string', default: '' },
      peers: { type: 'boolean', default: false },
    },
  })
  return {
    sizes: values.tokens.split(',').map(sizeOf),
    rounds: Number(values.rounds ?? (values.quick ? 2 : 5)),
    sampleSeconds: values.quick ? 1 : 2,
    only: values.only,
    peers: values.peers,
  }
}

function sizeOf(text: string): number {
  const [, digits, unit] = /^(\d+)(k|m)?$/i.exec(text.trim()) ?? []
  if (digits === undefined)
    throw new Error(`--tokens takes numbers like 1k, 100k or 1m, not ${text}`)
  return Number(digits) * ({ k: 1000, m: 1_000_000 }[unit?.toLowerCase() ?? ''] ?? 1)
}

/** 100000 as `100k`. */
export function nameOfSize(size: number): string {
  if (size % 1_000_000 === 0) return `${size / 1_000_000}M`
  return size % 1000 === 0 ? `${size / 1000}k` : `${size}`
}
