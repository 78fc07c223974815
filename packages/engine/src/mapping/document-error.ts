import { ElasticError, illegalArgument } from '../errors.ts';
import type { Leaf } from './leaf.ts';

/** 400 `document_parsing_exception`, with what the type of a field said about the value. */
export function valueRefused(leaf: Leaf, value: unknown, id: string | undefined, reason: string): ElasticError {
  const where = `failed to parse field [${leaf.name}] of type [${leaf.type}] in document with id '${id ?? ''}'`;
  const cause = new ElasticError(400, 'illegal_argument_exception', reason);
  return documentError(`${where}. Preview of field's value: '${preview(value)}'`, cause);
}

/** The place in the text is not known here; it is given as the beginning, in the form that clients look for. */
export function documentError(reason: string, cause?: ElasticError): ElasticError {
  return new ElasticError(400, 'document_parsing_exception', `[1:1] ${reason}`, cause && { cause });
}

export function strictMapping(name: string, path: string): ElasticError {
  const where = `dynamic introduction of [${name}] within [${path || '_doc'}] is not allowed`;
  return new ElasticError(400, 'strict_dynamic_mapping_exception', `[1:1] mapping set to strict, ${where}`);
}

/** JSON deeper than Elasticsearch's reader takes. It would also exhaust the stack. */
export const DEEPEST_JSON = 1000;

export function tooDeep(): ElasticError {
  return documentError(`failed to parse: the document is nested deeper than ${DEEPEST_JSON}`);
}

/** Elasticsearch's `index.mapping.depth.limit`. */
export const DEEPEST_OBJECT = 20;

export function objectTooDeep(path: string): ElasticError {
  return illegalArgument(`Limit of mapping depth [${DEEPEST_OBJECT}] has been exceeded due to object field [${path}]`);
}

const LONGEST_PREVIEW = 1000;

/** As Java writes a map: `{a=1}`. A value may be large, and its answer must not be. */
function preview(value: unknown): string {
  const text = shown(value, 0);
  return text.length > LONGEST_PREVIEW ? `${text.slice(0, LONGEST_PREVIEW)}...` : text;
}

function shown(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (depth > 10) return '...';
  if (Array.isArray(value)) return `[${value.map((one) => shown(one, depth + 1)).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([name, one]) => `${name}=${shown(one, depth + 1)}`)
    .join(', ')}}`;
}
