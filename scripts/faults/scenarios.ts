import { killPostgres } from './kill-postgres.ts'
import type { Scenario } from './scenario.ts'

/** By the names under which they are asked for. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  F1: killPostgres,
}
