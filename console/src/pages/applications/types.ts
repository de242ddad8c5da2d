import type { components } from '../../generated/api.d.ts'

export type Application = components['schemas']['Application']
export type Account = components['schemas']['ApplicationAccount']
