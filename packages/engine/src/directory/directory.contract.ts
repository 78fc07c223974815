import { describe, expect, test } from 'vitest';
import { type Directory, DirectoryLockedError, readFile, replaceFile, writeFile } from './directory.ts';

/** What every Directory must do, run over each implementation. `fresh` gives an empty folder that exists. */
export function directoryContract(implementation: string, fresh: () => Promise<Directory>): void {
  describe(`A ${implementation}`, () => {
    test('appends to a new file and reads ranges of it', async () => {
      const directory = await fresh();
      const file = await directory.create('a');
      await file.write(Buffer.from('hello '));
      await file.write(Buffer.from('world'));
      expect(file.length).toBe(11);
      await file.sync();
      await file.close();
      const input = directory.open('a');
      expect(input.size).toBe(11);
      expect(Buffer.from(input.read(3, 8)).toString()).toBe('lo wo');
      expect(input.read(3, 8).byteOffset % 8).toBe(0);
      expect(() => input.read(8, 12)).toThrow('ends at 11, before 12');
      input.close();
      expect(() => input.read(0, 1)).toThrow('closed');
    });

    test('goes on after the end of a file, and cuts one back', async () => {
      const directory = await fresh();
      await writeFile(directory, 'a', Buffer.from('12345'));
      const file = await directory.append('a');
      expect(file.length).toBe(5);
      await file.truncate(2);
      await file.write(Buffer.from('x'));
      await file.close();
      expect(Buffer.from(readFile(directory, 'a')).toString()).toBe('12x');
    });

    test('never overwrites when it creates, and says which file is missing', async () => {
      const directory = await fresh();
      await writeFile(directory, 'a', Buffer.from('1'));
      await expect(directory.create('a')).rejects.toMatchObject({ code: 'EEXIST' });
      await expect(directory.append('b')).rejects.toMatchObject({ code: 'ENOENT' });
      expect(() => directory.open('b')).toThrow(/ENOENT.*b/);
    });

    test('replaces a file by renaming, and an open file stays readable', async () => {
      const directory = await fresh();
      await writeFile(directory, 'a', Buffer.from('old'));
      const input = directory.open('a');
      await replaceFile(directory, 'a', Buffer.from('new'));
      expect(Buffer.from(readFile(directory, 'a')).toString()).toBe('new');
      expect(Buffer.from(input.read(0, 3)).toString()).toBe('old');
      expect(directory.list()).toEqual(['a']);
      await directory.remove('a');
      expect(Buffer.from(input.read(0, 3)).toString()).toBe('old');
      input.close();
    });

    test('lists, makes and removes folders with all that is in them', async () => {
      const directory = await fresh();
      const inner = directory.directory('x').directory('y');
      expect(inner.list()).toEqual([]);
      await inner.make();
      await inner.make();
      await writeFile(inner, 'a', Buffer.from('1'));
      await directory.rename('x', 'z');
      expect(directory.directory('z').directory('y').list()).toEqual(['a']);
      await directory.remove('z');
      await directory.remove('z');
      expect(directory.list()).toEqual([]);
      await directory.sync();
    });

    test('lets one in at a time', async () => {
      const directory = await fresh();
      const lock = await directory.lock();
      await expect(directory.lock()).rejects.toThrow(DirectoryLockedError);
      await expect(directory.lock()).rejects.toThrow(`another engine, pid ${process.pid}, uses ${directory.path}`);
      await lock.release();
      await (await directory.lock()).release();
    });
  });
}
