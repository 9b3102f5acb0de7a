const swc = {
  jsc: {
    target: 'es2024',
    parser: { syntax: 'typescript' },
    transform: { verbatimModuleSyntax: true },
  },
  sourceMaps: 'inline',
};

export default {
  testEnvironment: 'node',
  testMatch: ['**/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/\\.data/', '/new-subgraph/template/'],
  modulePathIgnorePatterns: ['/\\.data/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  globalSetup: './tools/jest/global-setup.ts',
  globalTeardown: './tools/jest/global-teardown.ts',
  reporters: ['default', './tools/jest/summary-reporter.ts'],
  maxWorkers: 2,
  // Modules of a file are not let go of when it is done, so a worker of hundreds of files would run out of memory: it is replaced between two.
  workerIdleMemoryLimit: '1500MB',
  // Only there to end what hangs: on a machine that does other work, starting a world takes half a minute.
  testTimeout: 120_000,
};
