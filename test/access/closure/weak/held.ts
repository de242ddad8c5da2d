import * as sound from '../../../../src/access/held.ts'
import type { Checks } from '../plants.ts'
import { planted } from './planted.ts'

// biome-ignore lint/performance: it stands in the place of that file.
export * from '../../../../src/access/held.ts'

export const requireHeldAt: Checks['requireHeldAt'] = (...args) =>
  (planted.checks.requireHeldAt ?? sound.requireHeldAt)(...args)

export const requireHeldEverywhere: Checks['requireHeldEverywhere'] = (...args) =>
  (planted.checks.requireHeldEverywhere ?? sound.requireHeldEverywhere)(...args)
