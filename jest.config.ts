import type { Config } from 'jest';

const config: Config = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } },
    ],
  },
  testMatch: ['<rootDir>/{src,test,manifest}/**/*.test.ts'],
  globalSetup: './test/support/redis-setup.ts',
  globalTeardown: './test/support/redis-teardown.ts',
  maxWorkers: 2,
  // Modules of a test file stay in memory after it: a worker that has run very many of them makes way for a new one.
  workerIdleMemoryLimit: '1.5GB',
  testTimeout: 60_000,
};
export default config;
