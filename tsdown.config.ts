import { defineConfig, type UserConfig } from 'tsdown';

const shared: UserConfig = {
  format: 'esm',
  platform: 'node',
  target: 'node20',
  dts: { oxc: true },
  fixedExtension: false,
  logLevel: 'warn',
};

export default defineConfig([
  { ...shared, cwd: 'packages/record', entry: ['src/index.ts', 'src/adapters/*.ts', '!src/adapters/*.test.ts'] },
  { ...shared, cwd: 'packages/engine', entry: ['src/index.ts'] },
  { ...shared, cwd: 'packages/gatelog', entry: ['src/index.ts', 'src/cli.ts'] },
]);
