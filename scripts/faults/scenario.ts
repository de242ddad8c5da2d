/** What was measured, beside what it should be. */
export type Figure = { what: string; measured: string; target: string; reached: boolean }

export type Options = {
  /** A shorter run: fewer repetitions, less time. */
  quick: boolean
  soakMinutes: number
  /** In [0, 1), from the seed. */
  random(): number
  /** Where the run may keep files; its logs stay there if a target is missed. */
  directory: string
}

export type Scenario = {
  title: string
  run(options: Options): Promise<Figure[]>
}

export const atMost = (what: string, limit: number, measured: number, unit = ''): Figure => ({
  what,
  measured: `${rounded(measured)}${unit}`,
  target: `≤ ${limit}${unit}`,
  reached: measured <= limit,
})

export const atLeast = (what: string, limit: number, measured: number, unit = ''): Figure => ({
  what,
  measured: `${rounded(measured)}${unit}`,
  target: `≥ ${limit}${unit}`,
  reached: measured >= limit,
})

export const exactly = (what: string, expected: number | string, measured: number | string) => ({
  what,
  measured: `${measured}`,
  target: `${expected}`,
  reached: measured === expected,
})

/** What is told and has no target of its own, such as how much was asked. */
export const told = (what: string, measured: number | string): Figure => ({
  what,
  measured: typeof measured === 'number' ? rounded(measured) : measured,
  target: '',
  reached: true,
})

const rounded = (value: number): string =>
  Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1)

/** A scenario that this machine can't play is no success. */
export const cannotRun = (why: string): Figure => ({
  what: 'can not run here',
  measured: why,
  target: 'can run',
  reached: false,
})
