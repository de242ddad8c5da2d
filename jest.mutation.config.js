import everything from './jest.config.js'

const { globalSetup: _, globalTeardown: __, ...config } = everything

// What a mutant breaks shows soon: a property needs fewer runs for it.
process.env['PROPERTY_RUNS'] ??= '200'

/** The tests by which mutants of src/access are judged: those of its parts, without a server or a database. */
export default {
  ...config,
  testMatch: [
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
  ].map((name) => `<rootDir>/test/access/${name}.test.ts`),
  maxWorkers: 1,
}
