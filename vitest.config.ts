import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@gatelog\/record\/(\w+)$/, replacement: source('./packages/record/src/adapters/$1.ts') },
      { find: '@gatelog/record', replacement: source('./packages/record/src/index.ts') },
      { find: '@gatelog/engine', replacement: source('./packages/engine/src/index.ts') },
    ],
  },
  test: {
    projects: [
      { extends: true, test: { name: 'packages', include: ['packages/*/src/**/*.test.ts'], testTimeout: 20_000 } },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
