import { giving } from './giving.ts'
import { ending, reporting } from './personnel.ts'
import { taking } from './taking.ts'

export const requests = { ...giving, ...taking, ...reporting, ...ending }

export type Kind = keyof typeof requests
