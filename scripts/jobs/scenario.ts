import type { Figure } from '../faults/scenario.ts'

export type Options = {
  databaseUrl: string
  /** Made by the first start, where the database is new. */
  administrator: { email: string; password: string }
  /** As the owner of the database. */
  sql<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>
  /** In [0, 1), from the seed. */
  random(): number
  /** Where the processes log. */
  directory: string
  /** A few kills instead of twenty. */
  quick: boolean
}

/** What becomes of jobs when the processes that work on them die, or are several. */
export type Scenario = { title: string; run(options: Options): Promise<Figure[]> }
