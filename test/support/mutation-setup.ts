import globalSetup from './global-setup.ts'

/**
 * As global-setup, once for a process that runs the tests again for every mutant. PostgreSQL ends by
 * itself when that process does. A property is tried less often: what a mutant breaks shows soon.
 */
export default async function mutationSetup(): Promise<void> {
  process.env['PROPERTY_RUNS'] ??= '200'
  if (process.env['TEST_CLUSTER'] === undefined) await globalSetup()
}
