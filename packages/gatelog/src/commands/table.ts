// The commands of the program, in the order help shows them.
//
// To add one:
// 1. `commands/<name>.ts` declares it as a `CommandSpecification`: name, arguments, options, examples, and `load`,
//    which imports the code that does the work: `load: async () => (await import('../<name>/command.ts')).run<Name>`.
//    Nothing but declarations may be imported at the top of that file (`gatelog --help` loads all of them). Commands
//    that talk to a store spread `STORE_OPTIONS` into their options; `--config` and `--verbose` are added to all.
// 2. The loaded function is a `CommandRunner`: it gets a `CommandContext` (positionals, settings, signal, streams),
//    reads options as `context.settings.text('index')`, and throws `gatelogError(CODE, details)` for what can go wrong.
//    Its codes go into `errors/<stage>-errors.ts`, see `errors/table.ts`.
// 3. Add it to the list below. Parser, help, settings file and documentation follow from that.
import { DEMO } from './demo.ts';
import { DOCTOR } from './doctor.ts';
import { ENGINE } from './engine.ts';
import { SEARCH } from './search.ts';
import { SERVICE } from './service.ts';
import { SHIP } from './ship.ts';
import { SIMULATE } from './simulate.ts';
import { UP } from './up.ts';
import type { CommandSpecification } from './specification.ts';

export const COMMANDS: readonly CommandSpecification[] = [UP, DEMO, SIMULATE, SHIP, SEARCH, ENGINE, SERVICE, DOCTOR];
