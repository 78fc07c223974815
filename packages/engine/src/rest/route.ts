import type { Engine } from '../index/engine.ts';
import type { Parameters } from './parameters.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';

/** One API: where it answers, what it takes, what it does. The tables in `api/` are made of these, and docs/api.md is made of them. */
export interface Route {
  readonly methods: readonly Method[];
  /** `/{index}/_doc/{id}` */
  readonly path: string;
  readonly name: string;
  /** Query parameters beside those that every API takes. Any other is refused. */
  readonly parameters?: readonly string[];
  readonly handler: (request: RestRequest, node: Node) => Answer | Promise<Answer>;
}

export interface RestRequest {
  readonly method: string;
  /** Values of the path's placeholders, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly parameters: Parameters;
  /** Empty when there is none; already decompressed. */
  readonly body: Buffer;
  readonly user: string;
  /** The headers ask for JSON by name: a table then comes as JSON too. */
  readonly wantsJson: boolean;
}

/** What handlers know of the node beside its engine. */
export interface Node {
  readonly engine: Engine;
  readonly name: string;
  /** `127.0.0.1:9200` */
  readonly address: string;
}

export interface Answer {
  readonly status: number;
  /** A value for the JSON writer; `text` for a plain-text table; `json` for JSON that a handler has written itself. */
  readonly body: { readonly value: unknown } | { readonly text: string } | { readonly json: string };
  readonly headers?: Readonly<Record<string, string>>;
}

export function ok(value: unknown, status = 200): Answer {
  return { status, body: { value } };
}
