import type { Transaction } from '../../../audit/record-event.ts'
import type { Gathered } from './gather.ts'

type Counts = { new_accounts: number; removed_accounts: number; changed_accounts: number }

/** Makes the accounts of an application those that were gathered, and writes only what differs. */
export async function replaceAccounts(
  tx: Transaction,
  gathered: Gathered,
  application_id: string,
  { new_accounts, removed_accounts, changed_accounts }: Counts,
): Promise<void> {
  if (removed_accounts > 0) {
    await tx.$executeRaw`
      DELETE FROM application_accounts o WHERE o.application_id = ${application_id}::uuid
        AND NOT EXISTS (SELECT FROM ${gathered} g WHERE g.account = o.account)`
  }
  if (changed_accounts > 0) {
    await tx.$executeRaw`
      UPDATE application_accounts o SET email = g.email, privileges = g.privileges FROM ${gathered} g
      WHERE o.application_id = ${application_id}::uuid AND o.account = g.account
        AND (o.email IS DISTINCT FROM g.email OR o.privileges <> g.privileges)`
  }
  if (new_accounts > 0) {
    // In the order of the key, whose index then grows at its end.
    await tx.$executeRaw`
      INSERT INTO application_accounts (application_id, account, email, privileges)
      SELECT ${application_id}::uuid, g.account, g.email, g.privileges FROM ${gathered} g
      WHERE NOT EXISTS (
        SELECT FROM application_accounts o
        WHERE o.application_id = ${application_id}::uuid AND o.account = g.account)
      ORDER BY g.account`
  }
}
