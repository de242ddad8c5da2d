import { freezePostgres } from './freeze-postgres.ts'
import { holdPool } from './hold-pool.ts'
import { killPostgres } from './kill-postgres.ts'
import { latePostgres } from './late-postgres.ts'
import type { Scenario } from './scenario.ts'
import { terminateBackends } from './terminate-backends.ts'

/** By the names under which they are asked for. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  F1: killPostgres,
  F2: freezePostgres,
  F3: terminateBackends,
  F4: holdPool,
  F6: latePostgres,
}
