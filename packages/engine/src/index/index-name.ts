import { ElasticError } from '../errors.ts';

/** @throws ElasticError 400 `invalid_index_name_exception` with Elasticsearch's reasons (MetadataCreateIndexService.validateIndexName). */
export function checkIndexName(name: string): void {
  const problem = problemOf(name);
  if (problem === undefined) return;
  throw new ElasticError(400, 'invalid_index_name_exception', `Invalid index name [${name}], ${problem}`, {
    details: { index_uuid: '_na_', index: name },
  });
}

function problemOf(name: string): string | undefined {
  if (name === '') return 'must not be empty';
  if (/[ "*,/<>?\\|]/.test(name)) {
    return `must not contain the following characters [' ','"','*',',','/','<','>','?','\\','|']`;
  }
  if (name.includes('#')) return "must not contain '#'";
  if (name.includes(':')) return "must not contain ':'";
  if (/^[_\-+]/.test(name)) return "must not start with '_', '-', or '+'";
  const bytes = Buffer.byteLength(name);
  if (bytes > 255) return `index name is too long, (${bytes} > 255)`;
  if (name === '.' || name === '..') return "must not be '.' or '..'";
  return name === name.toLowerCase() ? undefined : 'must be lowercase';
}
