import { setTimeout as after } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { connection, type EmbeddedStore, startEmbedded } from './engines/embedded.ts';
import { accessLog, START } from './support/access-log.ts';
import { BulkWriter } from './support/bulk-writer.ts';
import { differences } from './support/differences.ts';
import { type Ended, type ProgramOptions, start } from './support/program.ts';
import { seededRandom } from './support/random.ts';
import { asking } from './support/request.ts';
import { sandbox } from './support/sandbox.ts';

const KILLS = Number(process.env['GATELOG_KILLS'] ?? 50);
const SEED = Number(process.env['GATELOG_SEED'] ?? Date.now() % 1_000_000);
const WRITERS = 4;
const LINES = 40_000;
const CHECK_EVERY = 10;
/** ms */
const LONGEST_RUN = 500;
const SLOWEST_START = 5_000;

test(
  `the engine, killed ${KILLS} times in mid-write, starts again by itself with all it acknowledged, once`,
  async ({ annotate }) => {
    process.stderr.write(`GATELOG_SEED=${SEED} GATELOG_KILLS=${KILLS}\n`);
    const random = seededRandom(SEED);
    const box = sandbox();
    const writers = Array.from(
      { length: WRITERS },
      (_, number) => new BulkWriter('kills', number, seededRandom(SEED + number)),
    );
    const starts: number[] = [];
    let store = await startEmbedded({ box });
    await makeIndex(store);
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const writing = Promise.all(writers.map((writer) => writer.writeUntilItBreaks(store)));
      await Promise.race([after(random(LONGEST_RUN)), writing]);
      expect(store.program.isRunning, `it ended by itself: ${store.program.stderr}`).toBe(true);
      await store.program.stop('SIGKILL');
      await writing;
      if (random(4) === 0) await killInItsStart(store, random(300));
      const started = performance.now();
      store = await startEmbedded({ box });
      starts.push(performance.now() - started);
      const isChecked = kill % CHECK_EVERY === 0 || kill === KILLS;
      expect(isChecked ? await differences(store, 'kills', writers) : []).toEqual([]);
    }
    const acknowledged = writers.reduce((sum, writer) => sum + writer.acknowledged, 0);
    await annotate(`${acknowledged} writes acknowledged, slowest start ${Math.round(Math.max(...starts))} ms`);
    expect(acknowledged).toBeGreaterThan(KILLS * WRITERS);
    expect(Math.max(...starts)).toBeLessThan(SLOWEST_START);
    expect((await store.program.stop()).code).toBe(0);
  },
  60_000 + KILLS * 4_000,
);

test('ship, killed again and again and started again, stores each of 40,000 lines exactly once', async () => {
  const random = seededRandom(SEED);
  const store = await startEmbedded();
  const { flags, environment } = connection(store);
  const log = store.box.path('access.log');
  accessLog(log, LINES);
  const options = { environment: { ...store.box.environment, ...environment } };
  let kills = 0;
  let ended = await shipOrKill(log, 300 + random(700), options, flags);
  while (ended.code === KILLED) {
    kills += 1;
    // Longer each time, so that it comes to an end on a slow machine too.
    ended = await shipOrKill(log, 300 + random(700) + kills * 300, options, flags);
  }
  expect(ended).toMatchObject({ code: 0, stderr: expect.not.stringContaining('gatelog: ') });
  expect(kills).toBeGreaterThan(1);
  expect(await storedPaths(store)).toEqual(Array.from({ length: LINES }, (_, number) => `/page/${number}`).toSorted());
});

/** 128 + SIGKILL. */
const KILLED = 137;

async function shipOrKill(
  log: string,
  milliseconds: number,
  options: ProgramOptions,
  flags: readonly string[],
): Promise<Ended> {
  const ship = start(['ship', log, '--index', 'shipped', ...flags], options);
  await Promise.race([after(milliseconds), ship.ended]);
  return ship.isRunning ? ship.stop('SIGKILL') : ship.ended;
}

/** The path of every document, sorted: a line stored twice is there twice. */
async function storedPaths(store: EmbeddedStore): Promise<string[]> {
  const ask = asking(store);
  await ask('POST', '/shipped/_refresh');
  const paths: string[] = [];
  for (let from = 0; from < LINES; from += 5_000) {
    const range = { gte: START + from * 1000, lt: START + (from + 5_000) * 1000, format: 'epoch_millis' };
    const { body } = await ask('POST', '/shipped/_search', { size: 10_000, query: { range: { '@timestamp': range } } });
    const { hits } = body as { hits: { hits: { _source: { url: { path: string } } | { 'url.path': string } }[] } };
    paths.push(...hits.hits.map(({ _source }) => ('url' in _source ? _source.url.path : _source['url.path'])));
  }
  ask.close();
  return paths.toSorted();
}

/** With refreshes so frequent that they are cut off too. */
async function makeIndex(store: EmbeddedStore): Promise<void> {
  const ask = asking(store);
  const settings = { 'index.refresh_interval': '50ms' };
  const mappings = { properties: { number: { type: 'long' }, revision: { type: 'long' }, message: { type: 'text' } } };
  expect(await ask('PUT', '/kills', { settings, mappings })).toMatchObject({ status: 200 });
  ask.close();
}

async function killInItsStart({ box }: EmbeddedStore, milliseconds: number): Promise<void> {
  const program = start(['engine', '--port', '0'], { environment: box.environment });
  await after(milliseconds);
  await program.stop('SIGKILL');
}
