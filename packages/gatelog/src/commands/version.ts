import { createRequire } from 'node:module';

/** The version of the package, read from its manifest: it is beside `dist` when built and beside `src` when not. */
export const VERSION: string = readVersion();

function readVersion(): string {
  const require = createRequire(import.meta.url);
  for (const path of ['../package.json', '../../package.json']) {
    const version = versionIn(() => require(path) as unknown);
    if (version !== undefined) return version;
  }
  return 'unknown';
}

function versionIn(load: () => unknown): string | undefined {
  try {
    const manifest = load();
    return typeof manifest === 'object' && manifest !== null && 'version' in manifest
      ? String(manifest.version)
      : undefined;
  } catch {
    return undefined;
  }
}
