import { giving } from './giving.ts'
import { taking } from './taking.ts'

export const requests = { ...giving, ...taking }

export type Kind = keyof typeof requests
