import globalSetup from './global-setup.ts'

/**
 * As global-setup, once for a process that runs the tests again for every mutant. PostgreSQL ends by
 * itself when that process does.
 */
export default async function mutationSetup(): Promise<void> {
  if (process.env['TEST_CLUSTER'] === undefined) await globalSetup()
}
