import type { CommandContext, CommandRunner } from '../commands/specification.ts';
import { gatelogError } from '../errors/gatelog-error.ts';
import { writeText } from '../output/write.ts';
import type { ProfileName } from './profile.ts';
import { simulate, type SimulateSummary } from './simulate.ts';

/** `gatelog simulate`. Resolves with 1 when it was interrupted or some requests got no answer. */
export const runSimulate: CommandRunner = async (context) => {
  const { settings, signal, stdout } = context;
  const progress = progressLine(context);
  const summary = await simulate({
    url: settings.text('url'),
    profile: settings.text('profile') as ProfileName,
    requests: settings.optionalNumber('requests'),
    rate: parseRate(settings.optionalText('rate')),
    seed: settings.number('seed'),
    signal,
    onProgress: progress.show,
  }).finally(progress.clear);
  await writeText(stdout, settings.flag('json') ? `${JSON.stringify(summary)}\n` : describe(summary));
  return summary.failed > 0 || signal.aborted ? 1 : 0;
};

/** Requests a second of `20/s`, `20` or `0.5/s`. Throws GATELOG_SETTING_INVALID. */
export function parseRate(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, digits] = /^(\d+(?:\.\d+)?)(?:\/s)?$/.exec(text) ?? [];
  const rate = Number(digits);
  if (rate > 0 && Number.isFinite(rate)) return rate;
  throw gatelogError('GATELOG_SETTING_INVALID', {
    setting: '--rate',
    value: text,
    reason: 'it must be requests a second, such as 20/s',
  });
}

function describe({ profile, requests, failed, statuses, seconds }: SimulateSummary): string {
  const answers = Object.entries(statuses).map(([status, count]) => `  ${status}  ${count}\n`);
  const unanswered = failed > 0 ? `  no answer  ${failed}\n` : '';
  return `${requests} requests (${profile}) in ${seconds.toFixed(1)} s\n${answers.join('')}${unanswered}`;
}

function progressLine({ stderr }: CommandContext): { show: (sent: number, total: number) => void; clear: () => void } {
  let shown = 0;
  const show = (sent: number, total: number): void => {
    if (!stderr.isTTY || performance.now() - shown < 100) return;
    shown = performance.now();
    stderr.write(`\r${sent} of ${total} requests`);
  };
  return { show, clear: () => void (shown > 0 && stderr.write('\r\u001b[K')) };
}
