import { expect, test } from 'vitest';
import { detectFormat } from './detect.ts';

const CLASSIC = '2023-11-14 10:23:01,446 - [INFO] - Authorized - GET request - on the index page - IP:127.0.0.1';
const COMBINED = '1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.1" 200 5 "-" "curl"';
const ECS = '{"@timestamp":"2023-11-14T10:23:01.446Z","http.request.method":"GET","http.response.status_code":200}';

test.each([
  ['classic', [CLASSIC]],
  ['combined', [COMBINED]],
  ['ecs', [ECS]],
  ['classic', ['Server started', CLASSIC, CLASSIC, COMBINED]],
  ['combined', ['', COMBINED]],
] as const)('%s is found by the lines most of which it reads', (name, lines) => {
  expect(detectFormat(lines)?.name).toBe(name);
});

test('of lines that nothing reads, no format is found', () => {
  expect(detectFormat(['dear diary', '{"a":1}', ''])).toBeUndefined();
  expect(detectFormat([])).toBeUndefined();
});
