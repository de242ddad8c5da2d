import type { Transaction } from '../../audit/record-event.ts'
import { notFound } from '../../http/errors.ts'
import { type ProviderRow, withGrants } from './resource.ts'

/** The provider as it is, and stays until this transaction has ended; or 404. */
export async function lockProvider(tx: Transaction, id: string): Promise<ProviderRow> {
  await tx.$executeRaw`SELECT 1 FROM identity_providers WHERE id = ${id}::uuid FOR NO KEY UPDATE`
  const row = await tx.identityProvider.findFirst({
    where: { id, deleted_at: null },
    include: withGrants,
  })
  if (!row) throw notFound()
  return row
}
