import type { Hand } from './hand.ts'
import type { Register } from './ledger.ts'
import type { Writer } from './writers.ts'

/** Renames the tenant to v1, v2, v3 …: the name is a register whose last acknowledged value must stay. */
export async function renameOften({ tenant_id, session }: Writer, hand: Hand): Promise<void> {
  const register: Register = { id: tenant_id, acknowledged: 0, unknown: [] }
  hand.ledger.registers.push(register)
  for (let value = 1; !hand.isOver(); value += 1) {
    const { status } = await hand.ask(
      {
        method: 'PATCH',
        path: `/tenants/${tenant_id}`,
        as: session,
        body: { name: `v${value}` },
      },
      [200],
    )
    if (status === 200) register.acknowledged = value
    else register.unknown.push(value)
    await hand.rest()
  }
}
