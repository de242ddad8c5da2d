import type { Passwords } from '../access/passwords.ts'
import type { RandomBytes } from '../access/token.ts'
import type { WorkActor } from '../audit/record-work.ts'
import type { PrismaClient } from '../generated/prisma/client.ts'

export type AdminTools = {
  prisma: PrismaClient
  passwords: Passwords
  randomBytes: RandomBytes
  /** In whose name it is done: one correlation id for all events of one call. */
  actor: WorkActor
  /** Writes to the standard output, and waits where that is slow. */
  write: (text: string) => Promise<void>
}

/** One command. What is wrong with how it was called is thrown as a Misuse. */
export type Command = {
  /** Its options, each with a value; those that end with `?` may be left out. */
  options: readonly string[]
  /** Is its output for a file? npm then has to keep its own lines to itself. */
  isForFile?: true
  says: string
  run(tools: AdminTools, values: Record<string, string | undefined>): Promise<void>
}

/** Said to who called, without a stack. */
export class Misuse extends Error {}
