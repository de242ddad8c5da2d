import * as sound from '../../../../src/modules/roles/lock-role.ts'
import type { Checks } from '../plants.ts'
import { planted } from './planted.ts'

// biome-ignore lint/performance: it stands in the place of that file.
export * from '../../../../src/modules/roles/lock-role.ts'

export const requireHeldByEditor: Checks['requireHeldByEditor'] = (...args) =>
  (planted.checks.requireHeldByEditor ?? sound.requireHeldByEditor)(...args)
