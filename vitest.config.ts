import { defineConfig } from 'vitest/config';
import { wasmForVite } from './scripts/lib/wasm.mjs';

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [wasmForVite],
        test: {
          name: 'unit',
          include: ['{client,server}/src/**/*.test.ts', 'scripts/**/*.test.mjs'],
          testTimeout: 30_000,
        },
      },
      { test: { name: 'protocol', include: ['test/{protocol,cli}/**/*.test.ts'], testTimeout: 30_000 } },
    ],
  },
});
