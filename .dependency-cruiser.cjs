/** The layering rule of ARCHITECTURE.md, as errors. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Code reads in one direction.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src', pathNot: '^src/(server|generated)' },
      to: {},
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'modules-are-apart',
      comment: 'What two areas share belongs to access, http or db.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/([^/]+)/', pathNot: '^src/modules/$1/' },
    },
    {
      name: 'only-the-app-knows-the-modules',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(app\\.ts|worker\\.ts|modules/)' },
      to: { path: '^src/modules/' },
    },
    {
      name: 'nothing-imports-the-process',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/server\\.ts' },
      to: { path: '^src/(server|first-run)\\.ts' },
    },
    {
      name: 'decisions-are-pure',
      comment: 'What decides reads no database, no clock and no request.',
      severity: 'error',
      from: {
        path: '^src/access/(authority|decide|holdings|remembered|permissions|scope|sets|reach|effective|declaration|token)\\.ts',
      },
      to: { path: '(^src/(db|http|modules|generated|audit)/|node_modules/(fastify|pg|@prisma))' },
    },
    {
      name: 'the-database-knows-nobody-above',
      severity: 'error',
      from: { path: '^src/db/' },
      to: { path: '^src/(http|modules|audit)/' },
    },
    {
      name: 'src-stands-alone',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts|bench|console)/' },
    },
    {
      name: 'the-console-is-a-client',
      comment: 'It knows the server by its OpenAPI document alone.',
      severity: 'error',
      from: { path: '^console/' },
      to: { path: '^(src|test|scripts|bench)/' },
    },
    {
      name: 'no-dev-dependencies-in-src',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(src/generated|bench/peers|console/dist|console/src/generated)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js'],
    },
  },
}
