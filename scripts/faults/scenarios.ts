import { drain } from './drain.ts'
import { freezePostgres } from './freeze-postgres.ts'
import { fullDisk } from './full-disk.ts'
import { holdPool } from './hold-pool.ts'
import { killPostern } from './kill-postern.ts'
import { killPostgres } from './kill-postgres.ts'
import { latePostgres } from './late-postgres.ts'
import { noConnections } from './no-connections.ts'
import { readOnlyPostgres } from './read-only-postgres.ts'
import type { Scenario } from './scenario.ts'
import { terminateBackends } from './terminate-backends.ts'

/** By the names under which they are asked for. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  F1: killPostgres,
  F2: freezePostgres,
  F3: terminateBackends,
  F4: holdPool,
  F5a: readOnlyPostgres,
  F5b: fullDisk,
  F5c: noConnections,
  F6: latePostgres,
  F7: killPostern,
  F8: drain,
}
