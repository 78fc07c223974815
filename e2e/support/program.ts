import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { atTheEnd } from './clean-up.ts';
import { until } from './until.ts';

/** What is tested: the program built here, or the one that `GATELOG_BIN` names. */
export const BIN: string =
  process.env['GATELOG_BIN'] ?? fileURLToPath(new URL('../../packages/gatelog/bin/gatelog.js', import.meta.url));

export interface ProgramOptions {
  /** The whole environment, nothing is inherited: `sandbox().environment`. */
  readonly environment: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** Without root's power over permissions; only root can ask for that. Another user might not even see the program. */
  readonly obeysPermissions?: boolean;
  /** What ends it when the test file does. @default KILL */
  readonly lastSignal?: 'KILL' | 'TERM';
}

export interface Ended {
  /** Exit code; 128 + number for a signal, as shells have it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `gatelog` with these arguments. It ends with the test file, whatever happens. */
export function start(line: readonly string[], options: ProgramOptions): Program {
  return new Program([process.execPath, BIN, ...line], options);
}

/** Runs `gatelog` to its end. */
export function run(line: readonly string[], options: ProgramOptions): Promise<Ended> {
  return start(line, options).ended;
}

export class Program {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  stdout = '';
  stderr = '';
  readonly #child: ChildProcess;
  readonly #line: string;

  constructor(command: readonly string[], options: ProgramOptions) {
    const [file = '', ...line] = [...guard(options), ...command];
    const child = spawn(file, line, {
      cwd: options.folder,
      env: options.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.#child = child;
    this.#line = command.join(' ');
    this.pid = child.pid ?? 0;
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject).once('close', (code, signal) => {
        const { stdout, stderr } = this;
        resolve({ code: code ?? 128 + constants.signals[signal ?? 'SIGKILL'], stdout, stderr });
      });
    });
    atTheEnd(() => this.stop(`SIG${options.lastSignal ?? 'KILL'}`));
  }

  /** Resolves with the match as soon as the output has it; rejects when the program ends or `seconds` pass before. */
  async printed(pattern: RegExp, seconds = 30): Promise<RegExpExecArray> {
    try {
      return await until(`output like ${pattern}`, () => this.#match(pattern), seconds);
    } catch (error) {
      throw new Error(`${this.#line}\n${this.stdout}${this.stderr}`, { cause: error });
    }
  }

  /** Sends the signal and waits for the end. */
  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    this.#child.kill(signal);
    return this.ended;
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    const match = pattern.exec(`${this.stdout}${this.stderr}`);
    if (!match && !this.isRunning) throw new Error(`it ended before there was output like ${pattern}`);
    return match;
  }
}

// The kernel ends it when the test runner ends in a way that leaves no time to clean up.
function guard({ obeysPermissions = false, lastSignal = 'KILL' }: ProgramOptions): readonly string[] {
  const line = hasSetpriv ? ['setpriv', '--pdeathsig', lastSignal] : [];
  return obeysPermissions ? [...line, '--bounding-set=-dac_override,-dac_read_search'] : line;
}

const hasSetpriv = spawnSync('setpriv', ['--pdeathsig', 'KILL', 'true']).status === 0;
