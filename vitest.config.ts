import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['{client,server}/src/**/*.test.ts', 'scripts/**/*.test.mjs'] } },
      { test: { name: 'protocol', include: ['test/{protocol,cli}/**/*.test.ts'], testTimeout: 30_000 } },
    ],
  },
});
