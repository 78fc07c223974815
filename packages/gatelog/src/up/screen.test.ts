import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeCredentials } from '../engine/credentials-file.ts';
import { describeUp, type UpAddresses } from './screen.ts';

const usual = { program: 'gatelog', isUsualPort: true, isUsualData: true };
const addresses: UpAddresses = {
  store: { url: 'https://localhost:9200', user: 'elastic', credentials: '/d/credentials', ca: '/d/certs/http_ca.crt' },
  demo: { url: 'http://127.0.0.1:5000', log: '/d/demo/access.log' },
  logs: ['/d/demo/access.log'],
  index: 'gatelog-access',
};

test('the commands to copy are as short as they can be where everything is in its usual place', () => {
  const screen = describeUp(addresses, usual);
  expect(screen).toContain('\n  gatelog search Unauthorized\n');
  expect(screen).toContain('\n  curl http://127.0.0.1:5000/.env\n');
  expect(screen).toContain(
    '\n  curl --cacert /d/certs/http_ca.crt -u elastic:$ELASTIC_PASSWORD https://localhost:9200\n',
  );
});

test('they say what is not in its usual place', () => {
  const screen = describeUp(
    {
      ...addresses,
      store: { ...addresses.store, url: 'https://localhost:9201', ca: "/my data/it's.crt" },
      index: 'web',
    },
    { program: 'npx gatelog', isUsualPort: false, isUsualData: false },
  );
  expect(screen).toContain(
    "  npx gatelog search Unauthorized --index web --url https://localhost:9201 --cacert '/my data/it'\\''s.crt'\n",
  );
});

test('the command that reads the password out of its file does', async () => {
  const data = join(mkdtempSync(join(tmpdir(), 'gatelog-screen-')), "it's my data");
  const credentials = await writeCredentials(data, 'a*b+c=d-e_f$g');
  const screen = describeUp({ ...addresses, store: { ...addresses.store, credentials } }, usual);
  const line = screen.split('\n').find((candidate) => candidate.includes('export ELASTIC_PASSWORD')) ?? '';
  expect(execFileSync('sh', ['-c', `${line}; printf %s "$ELASTIC_PASSWORD"`], { encoding: 'utf8' })).toBe(
    'a*b+c=d-e_f$g',
  );
});

test('no password stands on the screen, and no logs are no error', () => {
  const { demo: _, ...without } = addresses;
  expect(describeUp({ ...without, logs: [] }, usual)).toContain('none: name them with --log FILE, or try --demo');
});
