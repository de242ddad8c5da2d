import * as sound from '../../../../src/modules/tokens/chosen-for-account.ts'
import type { Checks } from '../plants.ts'
import { planted } from './planted.ts'

// biome-ignore lint/performance: it stands in the place of that file.
export * from '../../../../src/modules/tokens/chosen-for-account.ts'

export const chosenForAccount: Checks['chosenForAccount'] = (...args) =>
  (planted.checks.chosenForAccount ?? sound.chosenForAccount)(...args)
