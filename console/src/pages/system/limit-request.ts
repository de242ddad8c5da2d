import type { components } from '../../generated/api.d.ts'

export type LimitRequest = components['schemas']['TokenLimitRequest']
