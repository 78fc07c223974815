import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { sandbox } from './support/sandbox.ts';

const box = sandbox();
const app = box.path('app');
const tarballs = box.path('tarballs');
const packed = fileURLToPath(new URL('packed.mjs', import.meta.url));

beforeAll(() => {
  execFileSync(process.execPath, [packed, box.folder]);
});

describe('the program, installed from its tarballs in an empty folder', () => {
  test('runs by npx', () => {
    const help = execFileSync('npx', ['--no-install', 'gatelog', '--help'], { cwd: app, encoding: 'utf8' });
    expect(help).toContain('Usage: gatelog');
    for (const command of ['up', 'demo', 'simulate', 'ship', 'search', 'engine', 'service', 'doctor']) {
      expect(help).toMatch(new RegExp(`^\\s+${command}\\b`, 'm'));
    }
  });

  test('brings no native code, and runs nothing when it is installed', () => {
    const files = readdirSync(join(app, 'node_modules'), { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => /\.node$|(^|\/)binding\.gyp$/.test(file))).toEqual([]);
    const scripts = Object.keys(installed(app)).flatMap((folder) => installScripts(join(app, folder)));
    expect(scripts).toEqual([]);
  });

  test.each(['gatelog', '@gatelog/engine', '@gatelog/record'])(
    '%s holds what runs, its licence and its manifest alone',
    (name) => {
      const folder = join(app, 'node_modules', name);
      const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
      expect(paths).toEqual(expect.arrayContaining(['LICENSE', 'package.json', 'dist/index.js', 'dist/index.d.ts']));
      expect(
        paths.filter((path) => !/^(LICENSE|README\.md|package\.json|(bin|dist)\/.*\.(js|d\.ts))$/.test(path)),
      ).toEqual([]);
    },
  );

  test.each(['gatelog', '@gatelog/engine', '@gatelog/record'])('all that %s exports can be imported', (name) => {
    expect(importAll(app, name)).not.toContain('');
  });
});

test('the recorder alone is one package, and its adapters load without their frameworks', () => {
  const alone = box.path('alone');
  mkdirSync(alone);
  writeFileSync(join(alone, 'package.json'), '{ "private": true }\n');
  const tarball = readdirSync(tarballs).find((file) => file.includes('record')) ?? '';
  execFileSync('npm', ['install', '--silent', '--offline', '--no-audit', '--no-fund', join(tarballs, tarball)], {
    cwd: alone,
  });
  expect(Object.keys(installed(alone))).toEqual(['node_modules/@gatelog/record']);
  expect(importAll(alone, '@gatelog/record')).not.toContain('');
});

interface Manifest {
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** What npm says is installed, by folder. */
function installed(folder: string): Record<string, unknown> {
  const lock = readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8');
  return (JSON.parse(lock) as { packages: Record<string, unknown> }).packages;
}

function installScripts(folder: string): string[] {
  const { scripts = {} } = manifestIn(folder);
  return ['preinstall', 'install', 'postinstall'].filter((name) => name in scripts).map((name) => `${folder} ${name}`);
}

/** The names that each entry of a package exports, as a user's own module sees them. */
function importAll(folder: string, name: string): string[] {
  const manifest = createRequire(join(folder, 'package.json')).resolve(`${name}/package.json`);
  const entries = Object.keys(manifestIn(join(manifest, '..')).exports ?? {}).filter(
    (entry) => entry !== './package.json',
  );
  expect(entries).toContain('.');
  return entries.map((entry) => {
    const script = `console.log(Object.keys(await import(${JSON.stringify(name + entry.slice(1))})).join())`;
    return execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: folder,
      encoding: 'utf8',
    }).trim();
  });
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}
