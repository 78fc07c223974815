import type { Store } from '../engines/store.ts';
import { Program } from './program.ts';

/**
 * Runs a `curl` line that was written for https://localhost:9200 and the user elastic against this store, and resolves
 * with the answer's body. Nothing else in the line is changed.
 */
export async function curl(store: Store, line: string): Promise<string> {
  const { port } = new URL(store.url);
  const command = line
    .replace('https://localhost:9200', `https://localhost:${port}`)
    .replace('/etc/elasticsearch/certs/http_ca.crt', store.caFile)
    .replace('-u elastic:', `-u ${store.user}:`);
  const environment = {
    PATH: process.env['PATH'] ?? '',
    ELASTIC_PASSWORD: store.password,
    CURL_CA_BUNDLE: store.caFile,
  };
  const { code, stdout, stderr } = await new Program(['sh', '-c', command], { environment }).ended;
  if (code !== 0) throw new Error(`curl ended with ${code}: ${stderr}`);
  return stdout;
}
