import type { IncomingHttpHeaders } from 'node:http';
import { ElasticError } from '../errors.ts';

/** What a request's headers settled on: how its body is to be read, and the Content-Type of a JSON answer. */
export interface MediaTypes {
  readonly answer: string;
  /** `Accept` names JSON, and neither anything nor text. */
  readonly wantsJson: boolean;
}

const VENDOR = /^application\/vnd\.elasticsearch\+(json|x-ndjson|yaml|cbor|smile)$/;
const UNSUPPORTED_FORMATS = new Set(['yaml', 'x-yaml', 'cbor', 'smile']);
const VERSIONS = new Set(['7', '8', '9']);

/**
 * JSON and NDJSON, plain or as `application/vnd.elasticsearch+json; compatible-with=8`, which clients get back as they sent it.
 * @throws ElasticError 406 for a body of another type, 400 for a version there is not.
 */
export function mediaTypes(headers: IncomingHttpHeaders, hasBody: boolean): MediaTypes {
  const contentType = headers['content-type'];
  if (hasBody) checkContentType(contentType);
  const accept = preferred(headers.accept ?? '');
  if (accept.version !== undefined) checkVersion('Accept', accept.version, headers.accept ?? '');
  return {
    wantsJson: accept.format === 'json' && !/\btext\/plain\b/i.test(headers.accept ?? ''),
    answer: accept.vendor
      ? `application/vnd.elasticsearch+json;compatible-with=${accept.version ?? '8'}`
      : 'application/json',
  };
}

/** The first of the types accepted that can be had; types of no concern here (`text/html`) get JSON, as in Elasticsearch. */
function preferred(accept: string): MediaType {
  const types = accept.split(',').map(parse);
  const possible = types.find(({ format }) => !UNSUPPORTED_FORMATS.has(format ?? ''));
  if (possible === undefined) throw notAcceptable('Accept', accept);
  return possible;
}

/** @throws ElasticError 400 for a format other than JSON and, where there is a table, text. */
export function checkFormat(format: string | undefined): void {
  if (format === undefined || format === 'json' || format === 'text' || format === 'txt') return;
  throw notAcceptable('format', format);
}

function checkContentType(contentType: string | undefined): void {
  const { format, version } = parse(contentType ?? '');
  if (version !== undefined) checkVersion('Content-Type', version, contentType ?? '');
  if (format === 'json' || format === 'x-ndjson') return;
  throw notAcceptable('Content-Type', contentType ?? '');
}

interface MediaType {
  readonly format?: string;
  readonly version?: string;
  readonly vendor: boolean;
}

function parse(header: string): MediaType {
  // Of a list (`…; compatible-with=8,text/plain`, as the clients' bulk helper sends it) the first counts.
  const [type = '', ...attributes] = header
    .replace(/,.*/s, '')
    .split(';')
    .map((part) => part.trim().toLowerCase());
  const vendor = VENDOR.exec(type);
  const format = vendor?.[1] ?? /^application\/([\w-]+)$/.exec(type)?.[1];
  const version = attributes.map((attribute) => /^compatible-with=(.*)$/.exec(attribute)?.[1]).find((found) => found);
  return { ...(format && { format }), ...(vendor && version && { version }), vendor: vendor !== null };
}

function checkVersion(header: string, version: string, value: string): void {
  if (VERSIONS.has(version)) return;
  throw new ElasticError(
    400,
    'media_type_header_exception',
    'Invalid media-type value on headers [Accept, Content-Type]',
    {
      details: {
        caused_by: {
          type: 'status_exception',
          reason: `${header} version must be version 7, 8 or 9, but found ${version}. ${header}=${value}`,
        },
      },
    },
  );
}

function notAcceptable(header: string, value: string): ElasticError {
  const reason = `${header} header [${value}] is not supported`;
  return new ElasticError(
    406,
    'media_type_header_exception',
    header === 'format' ? `format [${value}] is not supported` : reason,
  );
}
