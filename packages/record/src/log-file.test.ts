import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logFile, type LogFile, type LogFileOptions } from './log-file.ts';

let folder: string;
let file: string;
let errors: Error[];
let opened: LogFile[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatelog-log-'));
  file = join(folder, 'logs', 'app.log');
  errors = [];
  opened = [];
});
afterEach(async () => {
  await Promise.all(opened.map((log) => log.close()));
  rmSync(folder, { recursive: true });
});

function open(options: Partial<LogFileOptions> = {}): LogFile {
  const log = logFile({
    path: file,
    maxBytes: 1000,
    backups: 3,
    flushInterval: 1,
    bufferBytes: 1e6,
    onError: (error) => void errors.push(error),
    ...options,
  });
  opened.push(log);
  return log;
}

const read = (path = file): string => readFileSync(path, 'utf8');

/** All that was kept, the oldest first. */
function readAll(path = file): string[] {
  const names = ['.3', '.2', '.1', ''].map((suffix) => path + suffix).filter((name) => existsSync(name));
  return names.map((name) => read(name));
}

describe('writing', () => {
  it('makes the folder, and a file that only owner and group may read', async () => {
    const log = open();
    log.write('one');
    await log.flush();
    expect(read()).toBe('one\n');
    expect(statSync(file).mode & 0o137).toBe(0);
  });

  it('writes what waits within the interval, with nobody asking', async () => {
    open().write('one');
    await expect.poll(() => existsSync(file) && read()).toBe('one\n');
  });

  it('does not touch the disk while it takes a line', () => {
    open().write('one');
    expect(existsSync(file)).toBe(false);
  });

  it('appends to the file that is there, and goes on with its size', async () => {
    mkdirSync(join(folder, 'logs'));
    writeFileSync(file, `${'x'.repeat(989)}\n`);
    const log = open();
    log.write('nine char');
    await log.flush();
    expect(readAll()).toEqual([`${'x'.repeat(989)}\n`, 'nine char\n']);
  });

  it('begins a new line after one that a crash has torn', async () => {
    mkdirSync(join(folder, 'logs'));
    writeFileSync(file, 'whole\nto');
    const log = open();
    log.write('next');
    await log.flush();
    expect(read()).toBe('whole\nto\nnext\n');
  });

  it('keeps the order of lines that come while the disk is busy', async () => {
    const log = open({ maxBytes: 0 });
    const lines = Array.from({ length: 3000 }, (_, index) => `line ${index}`);
    for (const line of lines) {
      log.write(line);
      if (Math.random() < 0.01) await new Promise(setImmediate);
    }
    await log.flush();
    expect(read()).toBe(`${lines.join('\n')}\n`);
    expect(log.stats()).toEqual({ written: 3000, waiting: 0, dropped: 0 });
  });

  it('leaves no listener behind when closed, and counts lines that come too late', async () => {
    const before = process.listenerCount('exit');
    const log = open();
    log.write('one');
    await log.close();
    log.write('two');
    expect(process.listenerCount('exit')).toBe(before);
    expect(log.stats()).toEqual({ written: 1, waiting: 0, dropped: 1 });
    expect(errors).toEqual([]);
  });
});

describe('rotating', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 60 });

  it('loses no line, splits none and keeps each file under the limit, whatever comes and however it is flushed', async () => {
    const batches = fc.array(fc.array(fc.nat(120), { maxLength: 20 }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(batches, fc.integer({ min: 60, max: 400 }), async (rounds, maxBytes) => {
        rmSync(join(folder, 'logs'), { recursive: true, force: true });
        const log = open({ maxBytes, backups: 64 });
        const lines: string[] = [];
        for (const round of rounds) {
          for (const size of round) {
            const line = `${lines.length}:`.padEnd(size, 'x');
            lines.push(line);
            log.write(line);
          }
          await log.flush();
        }
        await log.close();
        const count = existsSync(file) ? readdirSync(join(folder, 'logs')).length : 0;
        const names = Array.from({ length: count }, (_, number) => (number === 0 ? file : `${file}.${number}`));
        const contents = names.toReversed().map((name) => read(name));
        expect(contents.join('')).toBe(lines.map((line) => `${line}\n`).join(''));
        for (const content of contents) {
          expect(content.endsWith('\n')).toBe(true);
          expect(content.length < maxBytes || content.indexOf('\n') === content.length - 1).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('keeps so many older files and no more', async () => {
    const log = open({ maxBytes: 100, backups: 2 });
    for (let index = 0; index < 50; index += 1) log.write(`line ${index}`.padEnd(49));
    await log.flush();
    expect(readdirSync(join(folder, 'logs')).toSorted()).toEqual(['app.log', 'app.log.1', 'app.log.2']);
    expect(read()).toContain('line 49');
  });

  it.each([{ backups: 0 }, { maxBytes: 0 }])('never rotates with %o, as Python', async (options) => {
    const log = open({ maxBytes: 10, ...options });
    for (let index = 0; index < 50; index += 1) log.write(`line ${index}`);
    await log.flush();
    expect(readdirSync(join(folder, 'logs'))).toEqual(['app.log']);
  });

  const python = spawnSync('python3', ['-c', 'import logging.handlers']).status === 0;
  it("leaves the same files as Python's RotatingFileHandler", async ({ skip }) => {
    skip(!python, 'python3 is not on this machine');
    const script = `
import json, logging, logging.handlers, sys
handler = logging.handlers.RotatingFileHandler(sys.argv[1], maxBytes=500, backupCount=3)
for line in json.load(sys.stdin): handler.emit(logging.makeLogRecord({'msg': line}))
handler.close()`;
    for (const sample of fc.sample(sizes, { numRuns: 6, seed: 7 })) {
      const lines = [...sample, ...sample, 90, 91, 99, 100].map((size, index) => `${index}:`.padEnd(size, 'x'));
      const own = join(folder, `own-${sample.length}-${lines.join('').length}`, 'app.log');
      const theirs = own.replace('own', 'theirs');
      mkdirSync(join(theirs, '..'));
      expect(spawnSync('python3', ['-c', script, theirs], { input: JSON.stringify(lines) }).status).toBe(0);
      const log = open({ path: own, maxBytes: 500 });
      for (const line of lines) log.write(line);
      await log.flush();
      expect(readAll(own)).toEqual(readAll(theirs));
    }
  });
});

describe('a disk that fails', () => {
  it('is reported once, loses nothing that memory holds, and is used again when it works', async () => {
    writeFileSync(join(folder, 'logs'), 'a file where the folder should be');
    const log = open();
    log.write('one');
    await log.flush();
    log.write('two');
    await log.flush();
    expect(errors.map(String)).toEqual([expect.stringContaining(`The log ${file} cannot be written`)]);
    expect(log.stats()).toEqual({ written: 0, waiting: 2, dropped: 0 });
    rmSync(join(folder, 'logs'));
    await log.flush();
    expect(read()).toBe('one\ntwo\n');
  });

  it('is tried again with nobody asking', async () => {
    writeFileSync(join(folder, 'logs'), '');
    const log = open();
    log.write('one');
    await expect.poll(() => errors.length).toBe(1);
    rmSync(join(folder, 'logs'));
    await expect.poll(() => log.stats().written, { timeout: 5000 }).toBe(1);
  });

  it('gets its folder back when that vanishes', async () => {
    const log = open();
    log.write('one');
    await log.flush();
    rmSync(join(folder, 'logs'), { recursive: true });
    log.write('two');
    await log.flush();
    expect(read()).toBe('two\n');
    expect(errors).toEqual([]);
  });

  it('costs no more memory than allowed: what comes beyond it is counted and reported once', async () => {
    writeFileSync(join(folder, 'logs'), '');
    const log = open({ bufferBytes: 100, flushInterval: 1e6 });
    for (let index = 0; index < 30; index += 1) log.write('nine char');
    expect(log.stats()).toEqual({ written: 0, waiting: 10, dropped: 20 });
    expect(errors).toHaveLength(1);
  });

  it('goes on in one large file where the rotation is what fails', async () => {
    mkdirSync(join(file, '..', 'app.log.1', 'in the way'), { recursive: true });
    const log = open({ maxBytes: 20, backups: 1 });
    for (const line of ['one one one', 'two two two', 'three']) log.write(line);
    await log.flush();
    expect(read()).toBe('one one one\ntwo two two\nthree\n');
    expect(errors).toHaveLength(1);
  });

  it('does not fail the app when the hook that is told of it throws', async () => {
    writeFileSync(join(folder, 'logs'), '');
    const log = open({
      onError: () => {
        throw new Error('broken on purpose');
      },
    });
    log.write('one');
    await expect(log.flush()).resolves.toBeUndefined();
  });

  it.runIf(existsSync('/dev/full'))('that is full keeps lines for later', async () => {
    const log = open({ path: '/dev/full' });
    log.write('one');
    await log.flush();
    expect(errors.map(String)).toEqual([expect.stringContaining('ENOSPC')]);
    expect(log.stats()).toMatchObject({ waiting: 1 });
  });
});
