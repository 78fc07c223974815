import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Program, run, start } from './support/program.ts';
import { sandbox } from './support/sandbox.ts';

const box = sandbox();
const options = { environment: box.environment, folder: box.folder };

test('the demo answers its two pages as the original did', async () => {
  const { demo, url } = await startDemo('logs/answers.log');
  const answers = [
    ['GET', '/', 200, /^Hello, World!$/],
    ['POST', '/', 200, /^Hello, World!$/],
    ['PUT', '/', 200, /^Hello, World!$/],
    ['GET', '/operation', 200, /^Other Page sucessful GET request$/],
    ['POST', '/operation', 200, /^Other Page Successful POST request$/],
    ['PUT', '/operation', 403, /forbidden/i],
    ['GET', '/elsewhere', 404, /not found/i],
  ] as const;
  for (const [method, path, status, body] of answers) {
    const answer = await fetch(`${url}${path}`, { method });
    expect([method, path, answer.status]).toEqual([method, path, status]);
    expect(await answer.text()).toMatch(body);
  }
  expect((await demo.stop('SIGINT')).code).toBe(0);
});

test('the simulated round of 673 requests leaves one line each, by severity and page as the original', async () => {
  const { demo, url } = await startDemo('logs/app.log');
  const simulated = await run(['simulate', '--profile', 'seed', '--url', url, '--json'], options);
  expect(simulated).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(simulated.stdout)).toMatchObject({ requests: 673, failed: 0, statuses: { 200: 624, 403: 49 } });
  await demo.stop();
  expect(countByText(readFileSync(box.path('logs/app.log'), 'utf8'))).toEqual({
    '[INFO] - Authorized - GET request - on the index page - IP:127.0.0.1': 260,
    '[WARNING] - Unauthorized - POST request - at the index page - IP: 127.0.0.1': 78,
    '[WARNING] - Unauthorized - PUT request - at the index page - IP: 127.0.0.1': 71,
    '[INFO] -  Authorized - GET request - on operation page - IP:127.0.0.1': 166,
    '[INFO] - Authorized - POST request - on operation page - IP:127.0.0.1': 49,
    '[ERROR] - Unauthorized - PUT request - on the operation page - IP:127.0.0.1': 49,
  });
});

test('the log rotates at 1 MB and keeps three older files, app.log.1 the newest of them', async () => {
  const { demo, url } = await startDemo('rotation/app.log', '--format', 'ecs');
  for (let page = 0; page < REQUESTS; page += 1) await (await fetch(`${url}/${page}-${'x'.repeat(2000)}`)).text();
  await demo.stop();
  expect(readdirSync(box.path('rotation')).toSorted()).toEqual(['app.log', 'app.log.1', 'app.log.2', 'app.log.3']);
  const numbers = ['.3', '.2', '.1', ''].map((suffix) => {
    const file = box.path(`rotation/app.log${suffix}`);
    expect(statSync(file).size).toBeLessThanOrEqual(1_048_576);
    return [...readFileSync(file, 'utf8').matchAll(/"path":"\/(\d+)-x/g)].map(([, number]) => Number(number));
  });
  expect(numbers.every((found) => found.length > 0)).toBe(true);
  const kept = numbers.flat();
  const dropped = REQUESTS - kept.length;
  expect(dropped).toBeGreaterThan(0);
  expect(kept).toEqual(Array.from(kept, (_, place) => dropped + place));
});

const REQUESTS = 2_000;

async function startDemo(log: string, ...more: string[]): Promise<{ demo: Program; url: string }> {
  const demo = start(['demo', '--port', '0', '--log', log, ...more, '--json'], options);
  const [json] = await demo.printed(/^\{"event":"ready".*\}$/m);
  return { demo, url: (JSON.parse(json) as { url: string }).url };
}

/** How often each line stands there, its time left away. */
function countByText(log: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const line of log.trimEnd().split('\n')) {
    const [, text = line] = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} - (.*)$/.exec(line) ?? [];
    counts[text] = (counts[text] ?? 0) + 1;
  }
  return counts;
}
