import { readFileSync } from 'node:fs';
import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent, request as secureRequest, type RequestOptions } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';

/** For tests: an answer as it came. */
export interface TestAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON. */
  readonly json: unknown;
}

export interface TestRequest {
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** @default that of the client */
  readonly password?: string;
}

export interface TestClient {
  request(method: string, path: string, options?: TestRequest): Promise<TestAnswer>;
  close(): void;
}

/** For tests: speaks to a running engine over one kept connection, trusting its authority alone. */
export function testClient(server: { url: string; caFile?: string }, password: string): TestClient {
  const secure = server.url.startsWith('https:');
  const agent = secure
    ? new Agent({ keepAlive: true, maxSockets: 1, ca: readFileSync(server.caFile!) })
    : new PlainAgent({ keepAlive: true, maxSockets: 1 });
  return {
    request: (method, path, options = {}) => {
      const credentials = Buffer.from(`elastic:${options.password ?? password}`).toString('base64');
      const body = options.body === undefined ? undefined : Buffer.from(options.body);
      const headers = {
        authorization: `Basic ${credentials}`,
        ...(body && { 'content-type': 'application/json', 'content-length': String(body.length) }),
        ...options.headers,
      };
      return send(secure, `${server.url}${path}`, { method, headers, agent }, body);
    },
    close: () => agent.destroy(),
  };
}

function send(secure: boolean, url: string, options: RequestOptions, body: Buffer | undefined): Promise<TestAnswer> {
  return new Promise((resolve, reject) => {
    const request = (secure ? secureRequest : plainRequest)(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const parse = (): unknown => JSON.parse(text);
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          text,
          get json() {
            return parse();
          },
        });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}
