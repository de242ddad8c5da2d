import type pg from 'pg'
import { readTenant } from '../access/authority-reader.ts'
import type { Permission } from '../access/permissions.ts'
import type { TenantFacts } from '../access/scope.ts'
import { askAnew } from '../db/ask-anew.ts'
import { bytesOfCatalogue, bytesOfTenant } from './bytes.ts'
import type { ChangeLog } from './changes.ts'
import { kept } from './kept.ts'
import { shared } from './shared.ts'

/**
 * The facts that authorities are compared with. They are as true as the log: whoever asks has waited for a
 * look that was sent after their request arrived.
 */
export type KeptFacts = {
  tenant(id: string): Promise<TenantFacts | null>
  /** All permissions there are, by name. */
  catalogue(): Promise<readonly Permission[]>
}

export function keptFacts(pool: pg.Pool, log: ChangeLog, maxBytes: number): KeptFacts {
  const tenants = kept<TenantFacts>(log, maxBytes, bytesOfTenant)
  const catalogues = kept<readonly Permission[]>(log, maxBytes, bytesOfCatalogue)
  const loadCatalogue = shared(async () => {
    const { step } = log
    const { rows } = await askAnew(() => pool.query<Permission>(readCatalogue))
    catalogues.set('all', rows, step, ['catalogue all'])
    return rows
  })
  return {
    async tenant(id) {
      const known = tenants.get(id)
      if (known) return known
      const { step } = log
      const tenant = await readTenant(pool, id)
      if (tenant) tenants.set(id, tenant, step, [`tenant ${id}`])
      return tenant
    },
    catalogue: async () => catalogues.get('all') ?? loadCatalogue(),
  }
}

const readCatalogue = {
  name: 'read_catalogue',
  text: 'SELECT name, scope::text FROM permissions ORDER BY name COLLATE "C"',
}
