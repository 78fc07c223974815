import { ODD_METHODS, PROBES, TOOLS } from './probes.ts';
import type { SimulatedRequest } from './profile.ts';
import { pick, shuffle, type Random } from './random.ts';

const PAGES = ['/', '/operation'];
const TOOL_CHANGES = 0.04;

/** Scans: all probe paths in random order with the odd methods strewn in, by tools that come from few addresses. */
export function* scannerRequests(random: Random): Generator<SimulatedRequest, never> {
  const paths = Object.values(PROBES).flat();
  const round = [
    ...paths.map((path) => ({ method: 'GET', path })),
    ...ODD_METHODS.flatMap((method) => PAGES.map((path) => ({ method, path }))),
  ];
  let tool = pick(TOOLS, random);
  for (;;) {
    for (const { method, path } of shuffle(round, random)) {
      if (random() < TOOL_CHANGES) tool = pick(TOOLS, random);
      const headers = { 'user-agent': tool, accept: '*/*' };
      yield { method, path, headers, client: `127.0.0.${60 + TOOLS.indexOf(tool)}` };
    }
  }
}
