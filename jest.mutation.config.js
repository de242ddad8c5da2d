import everything from './jest.config.js'

const { globalTeardown: _, ...config } = everything

/** The tests by which mutants of src/access are judged: those of its parts, each without a whole server. */
export default {
  ...config,
  testMatch: [
    'access-token',
    'authority-reader',
    'credential',
    'decide',
    'decide.property',
    'declaration',
    'effective',
    'guard',
    'held',
    'kept-authority',
    'password-policy',
    'permissions',
    'reach',
    'require',
    'scope',
    'token',
    'token-limit',
  ].map((name) => `<rootDir>/test/access/${name}.test.ts`),
  globalSetup: '<rootDir>/test/support/mutation-setup.ts',
  maxWorkers: 1,
}
