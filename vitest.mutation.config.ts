import { defineConfig } from 'vitest/config'

// What a mutant breaks shows soon: a property needs fewer runs for it.
process.env['PROPERTY_RUNS'] ??= '200'

/** The tests by which mutants of src/access are judged: those of its parts, without a server or a database. */
export default defineConfig({
  test: {
    setupFiles: ['test/support/seed.ts'],
    include: [
      'access-token',
      'credential',
      'decide',
      'decide.property',
      'decide-access',
      'declaration',
      'effective',
      'guard',
      'held',
      'holdings',
      'kept-authority',
      'permissions',
      'reach',
      'require',
      'scope',
      'token',
      'token-limit',
    ].map((name) => `test/access/${name}.test.ts`),
  },
})
