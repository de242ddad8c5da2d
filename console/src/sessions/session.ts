import type { components } from '../generated/api.d.ts'

export type Session = components['schemas']['Session']
