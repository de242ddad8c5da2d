import type { Transaction } from '../../audit/record-event.ts'
import { conflict } from '../../http/errors.ts'

/** Throws 409 where the platform's policy is that there are no second factors. */
export async function refuseWhenOff(tx: Transaction): Promise<void> {
  const { second_factor } = await tx.settings.findUniqueOrThrow({ where: { id: 1 } })
  if (second_factor === 'off') throw conflict('Second factors are off on this platform')
}
