import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/longest-first.ts'

// What waits for a browser is tried once more where it fails, and what was wrong the first time is told.
const browser = ['test/console/**/*.test.ts', 'test/browser/**/*.test.ts']
// It replaces files of src before they are loaded.
const replacing = ['test/access/closure.plants.test.ts']

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/seed.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    // One more than a small machine has cores: much of what they do is to wait for processes and browsers.
    maxWorkers: 3,
    isolate: false,
    experimental: { viteModuleRunner: false, nodeLoader: false },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'server',
          include: ['test/**/*.test.ts'],
          exclude: [...browser, ...replacing],
        },
      },
      { extends: true, test: { name: 'console', include: browser, retry: 1 } },
      { extends: true, test: { name: 'plants', include: replacing, isolate: true } },
    ],
  },
})
