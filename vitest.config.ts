import { defineConfig } from 'vitest/config';

/** What hangs is ended. Far above what a test takes: a busy machine is no failure. In Wine a program takes seconds to start. */
const patience = process.env['TENANT_KEYRING_WINE'] === '1' ? 3 : 1;
const limits = { testTimeout: patience * 120_000, hookTimeout: patience * 120_000, expect: { poll: { timeout: patience * 15_000 } } };

/** What asks Windows itself runs there, and in Wine (`.ci/windows`). */
const rooms = ['unit', 'contract', 'practice', 'release', ...(process.platform === 'win32' ? ['windows'] : [])];

export default defineConfig({
  test: {
    // One for each core; vitest leaves one free, which is half of two. The tests wait more than they work.
    maxWorkers: '100%',
    projects: [
      { test: { ...limits, name: 'engine', include: [`test/{${rooms.join(',')}}/**/*.test.ts`], setupFiles: ['test/fixed-seed.ts'] } },
      // One window at a time, after everything else: each is a browser, which draws when it can.
      {
        test: {
          ...limits,
          name: 'window',
          include: ['test/e2e/**/*.test.ts'],
          retry: 1,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      // Installs the product, on Windows: on a computer that is there for it.
      { test: { ...limits, name: 'installed', include: ['test/installed/**/*.test.ts'], sequence: { groupOrder: 2 } } },
    ],
  },
});
