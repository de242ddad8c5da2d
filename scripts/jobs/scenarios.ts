import { killedImports } from './killed-imports.ts'
import { killedProvisioning } from './killed-provisioning.ts'
import type { Scenario } from './scenario.ts'
import { sharedImports } from './shared-imports.ts'

/** By the names under which they are asked for. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  I1: killedImports,
  I2: sharedImports,
  P1: killedProvisioning,
}
