import { fileURLToPath } from 'node:url';
import { Program } from '../support/program.ts';
import { sandbox } from '../support/sandbox.ts';
import type { Store } from './store.ts';

const PASSWORD = 'Gate-log_e2e';
/** The first start downloads. */
const PATIENCE = 280;

/** What a machine needs to run a real engine. */
export const ENGINE_NEEDS: readonly string[] = ['java', 'mvn', 'openssl', 'curl', 'setpriv', 'flock'];

/** OpenSearch 2.19 with its security plugin. */
export function startOpenSearch(): Promise<Store> {
  return startEngine('opensearch', 'OpenSearch');
}

/** Elasticsearch 8.19 with its security on. */
export function startElasticsearch(): Promise<Store> {
  return startEngine('elasticsearch', 'Elasticsearch');
}

async function startEngine(engine: string, name: string): Promise<Store> {
  const script = fileURLToPath(new URL('start.sh', import.meta.url));
  const { environment } = sandbox();
  const { HOME = '', ENGINE_CACHE, ENGINE_JAVA_HOME, JAVA_HOME } = process.env;
  const program = new Program(['bash', script, engine, '--password', PASSWORD], {
    environment: defined({ ...environment, HOME, ENGINE_CACHE, ENGINE_JAVA_HOME, JAVA_HOME }),
    lastSignal: 'TERM',
  });
  const [, json = ''] = await program.printed(/^READY (.*)$/m, PATIENCE);
  const { url, pid, user, caFile } = JSON.parse(json) as Pick<Store, 'url' | 'pid' | 'user' | 'caFile'>;
  return { name, url, pid, user, caFile, password: PASSWORD, close: async () => void (await program.stop()) };
}

function defined(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
