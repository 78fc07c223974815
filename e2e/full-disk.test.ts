import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { connection, type EmbeddedStore, startEmbedded } from './engines/embedded.ts';
import { accessLog } from './support/access-log.ts';
import { isRoot } from './support/available.ts';
import { run } from './support/program.ts';
import { type Ask, asking } from './support/request.ts';
import { sandbox } from './support/sandbox.ts';
import { smallDisk } from './support/small-disk.ts';

const MEGABYTE = 1_048_576;
const BATCH = 20;

describe.runIf(isRoot('a disk that is full, for which a small one is mounted'))('a disk that is full', () => {
  test('makes the engine refuse what it cannot keep, answer searches, and go on when there is room again', async () => {
    const box = sandbox();
    const disk = smallDisk(box.path('data'), 24 * MEGABYTE);
    let store = await startEmbedded({ box });
    const ask = asking(store);
    await bulk(ask, 0);
    disk.fill(3 * MEGABYTE);
    const { acknowledged, refusal } = await writeUntilRefused(ask);
    expect(acknowledged).toBeGreaterThan(1);
    expect(refusal).toMatch(/no space|ENOSPC|disk|flood/i);
    expect(await countDocuments(ask)).toBe(acknowledged * BATCH);
    expect(store.program.isRunning).toBe(true);

    disk.clear();
    expect((await bulk(ask, acknowledged)).refusal).toBeUndefined();
    expect(await countDocuments(ask)).toBe((acknowledged + 1) * BATCH);
    ask.close();

    await store.program.stop('SIGKILL');
    store = await startEmbedded({ box });
    const again = asking(store);
    expect(await countDocuments(again)).toBe((acknowledged + 1) * BATCH);
    again.close();
  });

  test('stops ship with one clear line, and nothing is lost or stored twice when there is room again', async () => {
    const store = await startEmbedded();
    const box = sandbox();
    const disk = smallDisk(box.path('full'), MEGABYTE);
    accessLog(box.path('access.log'), 5_000);
    disk.fill(0);
    const failed = await ship(store, box.path('access.log'), box.path('full/state'));
    expect(failed).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^gatelog: cannot write .*no space left on device.*\[GATELOG_SHIP_STATE_UNWRITABLE\]\n$/,
      ),
    });
    disk.clear();
    expect(await ship(store, box.path('access.log'), box.path('full/state'))).toMatchObject({ code: 0 });
    const ask = asking(store);
    expect(await countDocuments(ask)).toBe(5_000);
    ask.close();
  });
});

function ship(store: EmbeddedStore, log: string, state: string): ReturnType<typeof run> {
  const { flags, environment } = connection(store);
  const line = ['ship', log, '--index', 'disk', '--state', state, ...flags];
  return run(line, { environment: { ...store.box.environment, ...environment } });
}

/** Batches until one is not acknowledged; how many were, and why not this one. */
async function writeUntilRefused(ask: Ask): Promise<{ acknowledged: number; refusal: string }> {
  for (let batch = 1; batch < 200; batch += 1) {
    const { refusal } = await bulk(ask, batch);
    if (refusal !== undefined) return { acknowledged: batch, refusal };
  }
  throw new Error('the disk never got full');
}

/** Twenty documents of 10 KB that do not compress. All of them are acknowledged, or none. */
async function bulk(ask: Ask, batch: number): Promise<{ refusal?: string }> {
  const lines = Array.from({ length: BATCH }, (_, place) => {
    const document = { number: batch * BATCH + place, noise: randomBytes(7_500).toString('base64') };
    return `{"create":{"_id":"d${document.number}"}}\n${JSON.stringify(document)}\n`;
  });
  const { status, text, body } = await ask('POST', '/disk/_bulk', lines.join(''));
  if (status !== 200) return { refusal: text };
  const { items } = body as { items: { create: { status: number; error?: object } }[] };
  const refused = items.filter(({ create }) => create.status !== 201);
  if (refused.length === 0) return {};
  if (refused.length < items.length) throw new Error(`half a batch was acknowledged: ${text.slice(0, 2_000)}`);
  return { refusal: JSON.stringify(refused[0]) };
}

async function countDocuments(ask: Ask): Promise<number> {
  await ask('POST', '/disk/_refresh');
  return ((await ask('GET', '/disk/_count')).body as { count: number }).count;
}
