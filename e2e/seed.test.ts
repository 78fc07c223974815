import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { connection, startEmbedded } from './engines/embedded.ts';
import { ENGINE_NEEDS, startElasticsearch, startOpenSearch } from './engines/real.ts';
import type { Store } from './engines/store.ts';
import { available } from './support/available.ts';
import { curl } from './support/curl.ts';
import { run, start } from './support/program.ts';
import { asking } from './support/request.ts';
import { sandbox } from './support/sandbox.ts';
import { seedLog } from './support/seed-log.ts';

const hasReal = available('the chain on a real OpenSearch and a real Elasticsearch', ENGINE_NEEDS);
const hasCurl = available("the original's own curl lines", ['curl']);
const STORES = [
  ['the embedded engine', startEmbedded, true],
  ['OpenSearch', startOpenSearch, hasReal],
  ['Elasticsearch', startElasticsearch, hasReal],
] as const;

const starting = new Map<string, Promise<Store>>();
beforeAll(async () => {
  for (const [name, launch, isThere] of STORES) if (isThere) starting.set(name, launch());
  // One that does not start fails its own tests alone.
  await Promise.allSettled(starting.values());
});

describe.each(STORES)('on %s', (name, _, isThere) => {
  const box = sandbox();
  const log = box.path('app.log');
  const gatelog = async (...line: string[]) => {
    const { flags, environment } = connection(await storeNamed(name));
    return run([...line, ...flags], { environment: { ...box.environment, ...environment }, folder: box.folder });
  };
  const search = async (...line: string[]): Promise<string> => {
    const { code, stdout, stderr } = await gatelog('search', ...line, '--index', 'my_logs');
    expect([code, stderr]).toEqual([0, noFailure()]);
    return stdout;
  };

  test.runIf(isThere)(
    'the log is shipped with the four classic keys, and a second time stores nothing twice',
    async () => {
      writeFileSync(log, originalLog() ?? seedLog());
      const ship = ['ship', log, '--index', 'my_logs', '--schema', 'classic'];
      expect(await gatelog(...ship)).toMatchObject({ code: 0, stderr: noFailure() });
      expect(await gatelog(...ship, '--state', box.path('forgetful'))).toMatchObject({ code: 0, stderr: noFailure() });
      const ask = asking(await storeNamed(name));
      await ask('POST', '/my_logs/_refresh');
      expect((await ask('GET', '/my_logs/_count')).body).toMatchObject({ count: 1644 });
      ask.close();
    },
  );

  test.runIf(isThere)(
    "the search for Unauthorized finds the original's 396 with its score, to the last bit",
    async () => {
      const answer = await gatelog('search', 'Unauthorized', '--index', 'my_logs', '--json');
      expect(answer).toMatchObject({ code: 0, stderr: 'Request successful!\n' });
      expect(summaryOf(answer.stdout)).toEqual(ORIGINAL_ANSWER);
    },
  );

  test.runIf(isThere && hasCurl)("the original's query by curl finds the same", async () => {
    expect(summaryOf(await curl(await storeNamed(name), SEARCH))).toEqual(ORIGINAL_ANSWER);
  });

  test.runIf(isThere)('a table and a count are for people', async () => {
    expect(await search('Unauthorized', '--count')).toMatch(/^396$/m);
    expect(await search('Unauthorized', '--size', '3')).toMatch(/Unauthorized - (POST|PUT) request/);
  });

  test.runIf(isThere)('requests are categorised by severity and by page', async () => {
    expect(countsIn(await search('--by', 'loglevel.keyword'))).toEqual({ INFO: 1248, WARNING: 298, ERROR: 98 });
    expect(countsIn(await search('--by', 'message.keyword'))).toEqual({
      'Authorized - GET request - on the index page': 818,
      'Authorized - GET request - on operation page': 332,
      'Unauthorized - POST request - at the index page': 156,
      'Unauthorized - PUT request - at the index page': 142,
      'Authorized - POST request - on operation page': 98,
      'Unauthorized - PUT request - on the operation page': 98,
    });
  });

  test.runIf(isThere && hasCurl)(
    "the original's curl line indexes its document as it stands, comment and all",
    async () => {
      const created = JSON.parse(await curl(await storeNamed(name), INDEX_DOCUMENT)) as { _id: string };
      expect(created).toMatchObject({ _index: 'my_logs', _version: 1, result: 'created', _primary_term: 1 });
      const ask = asking(await storeNamed(name));
      await ask('POST', '/my_logs/_refresh');
      const { body } = await ask('POST', '/my_logs/_count', { query: { match: { level: 'info' } } });
      expect(body).toMatchObject({ count: 1 });
      ask.close();
    },
  );
});

describe('the embedded engine alone', () => {
  test.runIf(hasCurl)('prints a password once, makes its authority, and answers the original curl line', async () => {
    const box = sandbox();
    const line = ['engine', '--port', '0'];
    const first = start(line, { environment: box.environment });
    const [, password = ''] = await first.printed(
      /The generated password for the elastic built-in superuser is : (\S+)/,
    );
    const [, url = ''] = await first.printed(/listens at (https:\/\/\S+)/);
    const caFile = box.path('data/gatelog/certs/http_ca.crt');
    const store = { name: 'engine', url, user: 'elastic', password, caFile, pid: first.pid, close: async () => {} };
    expect(JSON.parse(await curl(store, ROOT))).toMatchObject({
      name: expect.any(String),
      cluster_name: expect.any(String),
      cluster_uuid: expect.any(String),
      version: { number: '8.11.1', lucene_version: '9.8.0', build_flavor: 'default' },
      tagline: 'You Know, for Search',
    });
    expect(statSync(box.path('data/gatelog/credentials')).mode & 0o077).toBe(0);
    expect((await first.stop()).code).toBe(0);

    const second = start(line, { environment: box.environment });
    await second.printed(/listens at/);
    expect(second.stdout + second.stderr).not.toContain(password);
    await second.stop();
  });
});

/** Notices go to stderr too; failures begin with the program's name. */
function noFailure(): unknown {
  return expect.not.stringContaining('gatelog: ');
}

// As they stand in the original's documentation, `sudo` left away.
const ROOT = 'curl --cacert /etc/elasticsearch/certs/http_ca.crt -u elastic:$ELASTIC_PASSWORD https://localhost:9200';
const INDEX_DOCUMENT = `curl -XPOST -u elastic:$ELASTIC_PASSWORD -H "Content-Type: application/json" https://localhost:9200/my_logs/_doc -d '
{
  "timestamp": "2023-11-07T14:07:57.503",
  "level": "INFO",
  "message": "GET request on operation page - IP:127.0.0.1"
  // Add other log fields similarly...
}
'`;
const SEARCH = `curl -XGET -u elastic:$ELASTIC_PASSWORD -H "Content-Type: application/json" https://localhost:9200/my_logs/_search -d '
{
  "query": {
    "match": {
      "message": "Unauthorized"
    }
  }
}
'`;

async function storeNamed(name: string): Promise<Store> {
  const store = await starting.get(name);
  if (!store) throw new Error(`${name} was not started`);
  return store;
}

/** The original's own log, where it lies beside the repository. */
function originalLog(): string | undefined {
  const file = fileURLToPath(new URL('../../shared/seed/app.log', import.meta.url));
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

interface SearchAnswer {
  readonly hits: {
    readonly total: { readonly value: number; readonly relation: string };
    readonly hits: readonly { readonly _score: number; readonly _source: Readonly<Record<string, string>> }[];
  };
}

const ORIGINAL_ANSWER = {
  total: { value: 396, relation: 'eq' },
  maxScore: '1.4005797',
  scores: [1.4005797],
  shown: 10,
  keys: ['timestamp,loglevel,message,ip_address'],
  unexpected: [],
};

/** What must be equal to the original's answer; the rest of it depends on the order of the lines. */
function summaryOf(text: string): typeof ORIGINAL_ANSWER {
  const { hits } = JSON.parse(text) as SearchAnswer;
  const sources = hits.hits.map(({ _source }) => _source);
  return {
    total: hits.total,
    maxScore: /"max_score"\s*:\s*([\d.]+)/.exec(text)?.[1] ?? '',
    scores: [...new Set(hits.hits.map(({ _score }) => _score))],
    shown: hits.hits.length,
    keys: [...new Set(sources.map((source) => Object.keys(source).join()))],
    unexpected: sources.filter((source) => !EXPECTED.test(Object.values(source).join('|'))) as never[],
  };
}

const EXPECTED =
  /^2023-11-14 10:23:\d\d,\d{3}\|(WARNING|ERROR)\|Unauthorized - (POST|PUT) request - (at the index|on the operation) page\|127\.0\.0\.1$/;

/** The counts of a list that `search --by` printed, by value. */
function countsIn(list: string): Record<string, number> {
  const rows = list.matchAll(/^\s*(\d[\d,]*)\s+(.*?\S)\s*$/gm);
  return Object.fromEntries([...rows].map(([, count = '', value = '']) => [value, Number(count.replace(',', ''))]));
}
