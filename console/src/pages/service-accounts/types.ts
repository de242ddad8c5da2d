import type { components } from '../../generated/api.d.ts'

export type Account = components['schemas']['ServiceAccount']
