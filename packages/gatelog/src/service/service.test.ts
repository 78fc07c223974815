import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quoteArgument } from './quote.ts';
import { removeUnitFile, writeUnitFile } from './unit-file.ts';
import { renderUnit, unitName, type UnitOptions } from './unit.ts';

const base: UnitOptions = { unit: 'up', forUser: false, node: process.execPath, program: '/opt/gatelog.js', logs: [] };
const verifier = spawnSync('systemd-analyze', ['--version']).error === undefined;

describe.skipIf(!verifier)(
  'systemd-analyze verify (skipped where it is not installed) finds nothing to say about',
  () => {
    test.each<[string, Partial<UnitOptions>]>([
      ['the unit of up', {}],
      ['the unit of the engine', { unit: 'engine', port: 9_201 }],
      ['a user of its own choosing', { runAs: 'www-data', group: 'adm', data: '/srv/gatelog' }],
      [
        'paths with spaces, quotes, percent and dollar signs',
        { logs: ['/srv/a b/*.log', '/x/100%n/"q"/$HOME\\y.log'] },
      ],
      ['a data folder with a space and a percent sign', { runAs: 'root', data: '/srv/my %data' }],
      ["a user's own service", { forUser: true, data: '/home/me/data', logs: ['/home/me/app.log'] }],
    ])('%s', (_, options) => {
      const folder = mkdtempSync(join(tmpdir(), 'gatelog-unit-'));
      const file = join(folder, unitName(options.unit ?? 'up'));
      writeFileSync(file, renderUnit({ ...base, ...options }));
      const result = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' });
      const about = result.stderr.split('\n').filter((line) => line.includes(folder) || line.includes('gatelog'));
      expect([result.status, about]).toEqual([0, []]);
    });
  },
);

describe.skipIf(!verifier)('systemd reads back', () => {
  // The verifier looks for the program that a unit starts: it finds it only when it reads the very same path.
  test.each(['plain', 'with space', '100%n', 'dollar$HOME', 'tab;semi'])('the path of a program called %s', (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'gatelog-quote-'));
    const program = join(folder, name);
    const file = join(folder, 'gatelog.service');
    writeFileSync(file, renderUnit({ ...base, node: program }));
    const verify = (): string =>
      spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' }).stderr;
    expect(verify()).toContain('not executable');
    writeFileSync(program, '');
    chmodSync(program, 0o755);
    expect(verify()).not.toContain('not executable');
  });
});

test('quoting is undone by the rules of systemd.syntax(7), whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '"', "'", '\\', '%', '$', '/', ';', 'é') }), (text) => {
      expect(unquote(quoteArgument(text))).toBe(text);
    }),
  );
});

test('a system service has its own user and folder, and sees homes only when it must', () => {
  const unit = renderUnit({ ...base, logs: ['/var/log/nginx/*.log'], group: 'adm' });
  expect(unit).toContain(
    `ExecStart=:${process.execPath} /opt/gatelog.js up --data /var/lib/gatelog --log "/var/log/nginx/*.log"\n`,
  );
  for (const line of ['DynamicUser=yes', 'StateDirectory=gatelog', 'SupplementaryGroups=adm', 'NoNewPrivileges=yes']) {
    expect(unit).toContain(`\n${line}\n`);
  }
  expect(renderUnit({ ...base, node: '/usr/bin/node' })).toContain('\nProtectHome=yes\n');
  expect(renderUnit({ ...base, node: '/home/me/.nvm/bin/node' })).toContain('\nProtectHome=read-only\n');
});

test("a user's own service asks for nothing that needs root", () => {
  const unit = renderUnit({ ...base, forUser: true });
  expect(unit).toContain('WantedBy=default.target');
  expect(unit).not.toMatch(/DynamicUser|ProtectSystem|StateDirectory|PrivateTmp/);
});

test.each<[string, Partial<UnitOptions>]>([
  ['a line break in a path', { logs: ['/a\nExecStartPre=/bin/evil'] }],
  ['a line break in a user', { runAs: 'me\nExecStartPre=/bin/evil' }],
  ['a quote in the path of node, which systemd does not take', { node: `/opt/it's/node` }],
  ['a group that is no name', { group: 'a b' }],
])('%s is refused', (_, options) => {
  expect(() => renderUnit({ ...base, ...options })).toThrow(
    expect.objectContaining({ code: 'GATELOG_SERVICE_ARGUMENT_INVALID' }),
  );
});

test('a unit file is written with its folder, and removed once', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'gatelog-unit-')), 'user', 'gatelog.service');
  await writeUnitFile(file, 'text');
  expect(readFileSync(file, 'utf8')).toBe('text');
  await removeUnitFile(file);
  expect(existsSync(file)).toBe(false);
  await expect(removeUnitFile(file)).rejects.toMatchObject({ code: 'GATELOG_SERVICE_NOT_INSTALLED' });
});

test('a unit file that cannot be written says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatelog-unit-'));
  writeFileSync(join(folder, 'user'), '');
  await expect(writeUnitFile(join(folder, 'user', 'gatelog.service'), 'text')).rejects.toMatchObject({
    code: 'GATELOG_SERVICE_UNIT_UNWRITABLE',
  });
});

function unquote(word: string): string {
  const inner = word.startsWith('"') && word.endsWith('"') && word.length > 1 ? word.slice(1, -1) : word;
  return inner.replace(/\\(.)/g, '$1').replaceAll('%%', '%');
}
