import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { gatelogError, reasonOf, systemCode } from '../errors/gatelog-error.ts';

/** The settings file as it stands: values at the top are for every command, those under a command's name for that one. */
export interface SettingsFile {
  readonly path: string;
  readonly content: Readonly<Record<string, unknown>>;
}

const DEFAULT_FILE = 'gatelog.yaml';

/**
 * Reads `gatelog.yaml` of the current folder, or the file named by `--config`. Without either there is no settings
 * file, and the YAML library is not even loaded. Throws GATELOG_SETTINGS_FILE_UNREADABLE or …_INVALID.
 */
export async function readSettingsFile(named: string | undefined): Promise<SettingsFile | undefined> {
  const path = resolve(named ?? DEFAULT_FILE);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (named === undefined && systemCode(error) === 'ENOENT') return;
    throw gatelogError('GATELOG_SETTINGS_FILE_UNREADABLE', { file: path, reason: reasonOf(error) }, error);
  });
  return text === undefined ? undefined : { path, content: await parseContent(path, text) };
}

async function parseContent(path: string, text: string): Promise<Record<string, unknown>> {
  const [{ parse }, { z }] = await Promise.all([import('yaml'), import('zod/mini')]);
  try {
    const schema = z.nullable(z.record(z.string(), z.unknown()));
    return schema.parse(parse(text)) ?? {};
  } catch (error) {
    const reason = error instanceof z.core.$ZodError ? 'it must hold names and values' : firstLine(reasonOf(error));
    throw gatelogError('GATELOG_SETTINGS_FILE_INVALID', { file: path, reason }, error);
  }
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? text).replace(/:$/, '');
}
