import { badTokens } from './bad-tokens.ts'
import { drain } from './drain.ts'
import { freezePostgres } from './freeze-postgres.ts'
import { fullDisk } from './full-disk.ts'
import { holdPool } from './hold-pool.ts'
import { keptConnections } from './kept-connections.ts'
import { killPostern } from './kill-postern.ts'
import { killPostgres } from './kill-postgres.ts'
import { latePostgres } from './late-postgres.ts'
import { longAuditLog } from './long-audit-log.ts'
import { manyTokens } from './many-tokens.ts'
import { noConnections } from './no-connections.ts'
import { noisyNeighbour } from './noisy-neighbour.ts'
import { readOnlyPostgres } from './read-only-postgres.ts'
import { refusedSignIns } from './refused-sign-ins.ts'
import { saturation } from './saturation.ts'
import type { Scenario } from './scenario.ts'
import { signInFlood } from './sign-in-flood.ts'
import { signIns } from './sign-ins.ts'
import { slowClients } from './slow-clients.ts'
import { soak } from './soak.ts'
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
  L1: keptConnections,
  L2: slowClients,
  L3: saturation,
  L4: signIns,
  L5: manyTokens,
  L6: longAuditLog,
  L7: soak,
  L8: noisyNeighbour,
  L9: badTokens,
  S1: refusedSignIns,
  S2: signInFlood,
}
