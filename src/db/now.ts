import type { Prisma } from '../generated/prisma/client.ts'

/** The database's clock: at the start of this transaction. */
export async function databaseNow(tx: Prisma.TransactionClient): Promise<Date> {
  const [row] = await tx.$queryRaw<[{ now: Date }]>`SELECT now()`
  return row.now
}
