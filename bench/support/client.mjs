// The one HTTP client both sides are measured with: keep-alive, two connections, no retries, bodies sent as they are.
import http from 'node:http';
import https from 'node:https';

export function client({ url, user, password, ca }) {
  const { protocol } = new URL(url);
  const { Agent, request } = protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true, maxSockets: 2, ca });
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

  /** @returns {Promise<unknown>} the parsed answer; rejects on any status of 400 or more */
  function send(method, path, body, type = 'application/json') {
    return new Promise((resolve, reject) => {
      const headers = { authorization, 'content-type': type };
      if (body !== undefined) headers['content-length'] = Buffer.byteLength(body);
      const call = request(new URL(path, url), { method, agent, headers }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if (response.statusCode >= 400)
            reject(new Error(`${method} ${path}: ${response.statusCode} ${text.slice(0, 500)}`));
          else resolve(JSON.parse(text));
        });
      });
      call.on('error', reject);
      call.end(body);
    });
  }
  return { send, close: () => agent.destroy() };
}
