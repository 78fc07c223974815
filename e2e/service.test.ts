import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { available } from './support/available.ts';
import { Program, run } from './support/program.ts';
import { sandbox } from './support/sandbox.ts';

const hasSystemd = available('the check of the systemd units', ['systemd-analyze']);

test.runIf(hasSystemd).each([
  ['gatelog.service', ['--unit', 'up', '--log', '/var/log/nginx/*.log', '--group', 'adm']],
  ['gatelog-engine.service', ['--unit', 'engine', '--port', '9201', '--data', '/srv/gate log']],
  ['gatelog-user.service', ['--unit', 'up', '--user', '--log', '/var/log/app.log']],
])('systemd finds nothing wrong with the unit %s', async (name, flags) => {
  const box = sandbox();
  const { code, stdout, stderr } = await run(['service', 'print', ...flags], { environment: box.environment });
  expect([code, stderr]).toEqual([0, '']);
  const unit = box.path(name);
  writeFileSync(unit, stdout);
  const verified = await new Program(['systemd-analyze', 'verify', '--man=no', unit], { environment: box.environment })
    .ended;
  // It may speak of other units of the machine.
  expect(`${verified.stdout}${verified.stderr}`.split('\n').filter((line) => line.includes(name))).toEqual([]);
  expect(verified.code).toBe(0);
});
