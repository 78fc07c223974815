import { describe, expect, it } from 'vitest';
import { bulkActions, type BulkAction } from './bulk-lines.ts';

const read = (body: string): ReturnType<typeof summary>[] => [...bulkActions(Buffer.from(body))].map(summary);

function summary({ metadata: { action, index, id }, source }: BulkAction): unknown[] {
  return [action, index, id, source?.toString()];
}

describe('a bulk body', () => {
  it('is actions, each followed by its document but for a delete', () => {
    const body = '{"index":{}}\n{"a":1}\n{"delete":{"_id":"1","_index":"x"}}\n{"create":{"_id":2}}\n{"b":2}\n';
    expect(read(body)).toEqual([
      ['index', undefined, undefined, '{"a":1}'],
      ['delete', 'x', '1', undefined],
      ['create', undefined, '2', '{"b":2}'],
    ]);
  });

  it('may have empty lines between actions and CRLF line ends', () => {
    expect(read('\n\n{"index":{}}\r\n{ "a" : 1.0 }\r\n\n')).toEqual([['index', undefined, undefined, '{ "a" : 1.0 }']]);
  });

  it('takes op_type, and leaves out what is null', () => {
    expect(read('{"index":{"op_type":"create","_id":null}}\n{}\n')).toEqual([['create', undefined, undefined, '{}']]);
  });

  it.each([
    ['{"index":{}}\n{"a":1}', String.raw`The bulk request must be terminated by a newline [\n]`],
    ['"index"\n{}\n', 'Malformed action/metadata line [1], expected START_OBJECT but found [VALUE_STRING]'],
    ['{}\n{}\n', 'Malformed action/metadata line [1], expected FIELD_NAME but found [END_OBJECT]'],
    [
      '{"index":{}}\n{}\n{"index":1}\n{}\n',
      'Malformed action/metadata line [3], expected START_OBJECT or END_OBJECT but found [VALUE_NUMBER]',
    ],
    [
      '{"foo":{}}\n{}\n',
      'Malformed action/metadata line [1], expected field [create], [delete], [index] or [update] but found [foo]',
    ],
    ['{"index":{"_foo":1}}\n{}\n', 'Action/metadata line [1] contains an unknown parameter [_foo]'],
    [
      '{"index":{"_id":[1]}}\n{}\n',
      'Malformed action/metadata line [1], expected a simple value for field [_id] but found [START_ARRAY]',
    ],
    ['{"index":{}}\n', 'no document follows action/metadata line [1]'],
    ['{"index":\n{}\n', 'Unexpected end of file'],
  ])('%j is refused as a whole, as Elasticsearch words it', (body, reason) => {
    expect(() => read(body)).toThrow(reason);
  });
});
