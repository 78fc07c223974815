import { ElasticError, illegalArgument } from '../errors.ts';
import { tokenOf } from '../wire/options.ts';
import { readJson } from './read-json.ts';
import { withoutComments } from './without-comments.ts';
import { asText } from '../wire/as-text.ts';

/** One action of a bulk body with its document. */
export interface BulkAction {
  readonly metadata: BulkMetadata;
  /** The line after the action's, without its line end; undefined for a delete. */
  readonly source: Buffer | undefined;
}

/** What an action line says. */
export interface BulkMetadata {
  readonly action: 'index' | 'create' | 'delete' | 'update';
  readonly index: string | undefined;
  readonly id: string | undefined;
  readonly routing: string | undefined;
  readonly sequenceNumber: number | undefined;
  readonly primaryTerm: number | undefined;
  /** Something the action asks for that this engine does not have. */
  readonly unsupported: string | undefined;
}

const NEW_LINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Takes a bulk body apart. Documents stay slices of it. @throws ElasticError 400 in Elasticsearch's words: nothing was applied then. */
export function* bulkActions(body: Buffer): Generator<BulkAction> {
  if (body.at(-1) !== NEW_LINE) {
    throw illegalArgument(String.raw`The bulk request must be terminated by a newline [\n]`);
  }
  // Looked for once in the whole body: a call for each document costs more than the search itself.
  const comments = body.includes('//') || body.includes('/*');
  const lines = new Lines(body);
  let lastText = '';
  let metadata: BulkMetadata | undefined;
  while (lines.next()) {
    const text = lines.text();
    if (text === '') continue;
    // Most bodies repeat one action line, `{"index":{}}`: it is read once.
    metadata = metadata !== undefined && text === lastText ? metadata : readAction(text, lines.number);
    lastText = text;
    yield { metadata, source: metadata.action === 'delete' ? undefined : nextDocument(lines, comments) };
  }
}

/** Goes over the lines of a body whose last byte is a line end. */
class Lines {
  /** Of the current line, from 1. */
  number = 0;
  private readonly body: Buffer;
  private start = 0;
  private end = 0;
  private following = 0;

  constructor(body: Buffer) {
    this.body = body;
  }

  next(): boolean {
    if (this.following >= this.body.length) return false;
    this.start = this.following;
    const end = this.body.indexOf(NEW_LINE, this.start);
    this.end = end > this.start && this.body[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    this.following = end + 1;
    this.number++;
    return true;
  }

  text(): string {
    return this.body.toString('utf8', this.start, this.end);
  }

  bytes(): Buffer {
    return this.body.subarray(this.start, this.end);
  }
}

function nextDocument(lines: Lines, comments: boolean): Buffer {
  const action = lines.number;
  if (!lines.next()) {
    throw illegalArgument(`Malformed bulk request, no document follows action/metadata line [${action}]`);
  }
  return comments ? withoutComments(lines.bytes()) : lines.bytes();
}

function readAction(text: string, line: number): BulkMetadata {
  const value = parse(text);
  if (tokenOf(value) !== 'START_OBJECT') throw expected(line, 'START_OBJECT', tokenOf(value));
  const [name, metadata] = Object.entries(value as object)[0] ?? [];
  if (name === undefined) throw expected(line, 'FIELD_NAME', 'END_OBJECT');
  if (name !== 'index' && name !== 'create' && name !== 'delete' && name !== 'update') {
    throw illegalArgument(
      `Malformed action/metadata line [${line}], expected field [create], [delete], [index] or [update] but found [${name}]`,
    );
  }
  if (tokenOf(metadata) !== 'START_OBJECT') throw expected(line, 'START_OBJECT or END_OBJECT', tokenOf(metadata));
  return readMetadata(name, metadata as Record<string, unknown>, line);
}

function readMetadata(action: BulkMetadata['action'], members: Record<string, unknown>, line: number): BulkMetadata {
  let effective = action;
  const found: Record<string, string | undefined> = {};
  let unsupported: string | undefined;
  for (const name in members) {
    const value = members[name];
    if (!KNOWN.has(name))
      throw illegalArgument(`Action/metadata line [${line}] contains an unknown parameter [${name}]`);
    if (typeof value === 'object' && value !== null) {
      throw illegalArgument(
        `Malformed action/metadata line [${line}], expected a simple value for field [${name}] but found [${tokenOf(value)}]`,
      );
    }
    if (value === null || value === undefined) continue;
    if (name === 'op_type') effective = value === 'create' ? 'create' : 'index';
    else if (TAKEN.has(name)) found[name] = asText(value);
    else if (!isHarmless(name, value)) unsupported ??= `[${name}] in a bulk action`;
  }
  return {
    action: effective,
    index: found['_index'],
    id: found['_id'],
    routing: found['routing'],
    sequenceNumber: integer(found['if_seq_no'], line),
    primaryTerm: integer(found['if_primary_term'], line),
    unsupported,
  };
}

const TAKEN = new Set(['_index', '_id', 'routing', 'if_seq_no', 'if_primary_term']);
const KNOWN = new Set([
  ...TAKEN,
  'op_type',
  'version',
  'version_type',
  'retry_on_conflict',
  'pipeline',
  'require_alias',
  'dynamic_templates',
  'list_executed_pipelines',
  '_source',
]);

function isHarmless(name: string, value: unknown): boolean {
  if (name === 'require_alias' || name === 'list_executed_pipelines') return value === false || value === 'false';
  if (name === 'version_type') return value === 'internal';
  if (name === 'pipeline') return value === '_none';
  return name === 'retry_on_conflict';
}

function integer(text: string | undefined, line: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw illegalArgument(`Malformed action/metadata line [${line}], expected a number but found [${text}]`);
}

/** JSON.parse is many times faster than a reader that says where the error is. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return readJson(text);
  }
}

function expected(line: number, wanted: string, found: string): ElasticError {
  return illegalArgument(`Malformed action/metadata line [${line}], expected ${wanted} but found [${found}]`);
}
