import type { components } from '../generated/api.d.ts'

export type Identity = components['schemas']['Identity']

export const nameOf = ({ first_name, last_name }: { first_name: string; last_name: string }) =>
  `${first_name} ${last_name}`
