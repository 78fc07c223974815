import { checkAccount, checkExecutable, checkPlainText, escapePath, quoteArgument } from './quote.ts';

export interface UnitOptions {
  /** What it runs: everything on one machine, or the embedded engine alone. */
  readonly unit: 'up' | 'engine';
  /** A service of the user who installs it, run by that user's own systemd. */
  readonly forUser: boolean;
  /** Absolute paths: node, and the program it runs. */
  readonly node: string;
  readonly program: string;
  /** Absolute path of the data folder, which must exist. @default the service's own state folder */
  readonly data?: string | undefined;
  /** Absolute paths or globs of the logs to follow (`up` only). */
  readonly logs: readonly string[];
  readonly port?: number | undefined;
  /** User to run as. @default a user that systemd makes up for the service (`DynamicUser`) */
  readonly runAs?: string | undefined;
  /** Group that may read the logs, `adm` on Debian and its kin. */
  readonly group?: string | undefined;
}

type Section = readonly (readonly [name: string, value: string])[];

/** Name of the unit file. */
export function unitName(unit: UnitOptions['unit']): string {
  return unit === 'up' ? 'gatelog.service' : 'gatelog-engine.service';
}

/** The text of the unit file. Throws GATELOG_SERVICE_ARGUMENT_INVALID. */
export function renderUnit(options: UnitOptions): string {
  const sections: readonly (readonly [string, Section])[] = [
    ['Unit', describeUnit(options)],
    ['Service', [...runSettings(options), ...sandboxSettings(options)]],
    ['Install', [['WantedBy', options.forUser ? 'default.target' : 'multi-user.target']]],
  ];
  return sections
    .map(([name, settings]) => `[${name}]\n${settings.map(([key, value]) => `${key}=${value}\n`).join('')}`)
    .join('\n');
}

function describeUnit({ unit, forUser }: UnitOptions): Section {
  const description = unit === 'up' ? 'gatelog: record, store and search requests' : 'gatelog embedded search engine';
  return [['Description', description], ...(forUser ? [] : [['After', 'network.target'] as const])];
}

function runSettings(options: UnitOptions): Section {
  const { forUser, runAs, group } = options;
  const identity: Section =
    runAs === undefined ? [['DynamicUser', 'yes']] : [['User', checkAccount(runAs, '--run-as')]];
  return [
    ['Type', 'exec'],
    ['ExecStart', `:${commandLine(options).map(quoteArgument).join(' ')}`],
    ['Restart', 'on-failure'],
    ['RestartSec', '2'],
    // The engine flushes and the shipper drains before they end.
    ['TimeoutStopSec', '60'],
    ...(forUser ? [] : identity),
    ...(forUser || group === undefined ? [] : [['SupplementaryGroups', checkAccount(group, '--group')] as const]),
    ...(forUser ? [] : stateSettings(options)),
  ];
}

function commandLine({ unit, node, program, data, logs, port, forUser }: UnitOptions): readonly string[] {
  const folder = data ?? (forUser ? undefined : STATE_FOLDER);
  const line = [node, program, unit];
  if (folder !== undefined) line.push('--data', folder);
  if (port !== undefined) line.push('--port', String(port));
  if (unit === 'up') for (const log of logs) line.push('--log', log);
  checkExecutable(node);
  return line.map((argument) => checkPlainText(argument, argument === data ? '--data' : '--log'));
}

/** What `StateDirectory=gatelog` stands for. */
export const STATE_FOLDER = '/var/lib/gatelog';

function stateSettings({ data }: UnitOptions): Section {
  if (data !== undefined) {
    return [
      ['WorkingDirectory', escapePath(data)],
      ['ReadWritePaths', quoteArgument(data)],
    ];
  }
  return [
    ['StateDirectory', 'gatelog'],
    ['StateDirectoryMode', '0700'],
    ['WorkingDirectory', STATE_FOLDER],
  ];
}

// A user's own systemd has no privilege to mount: there only what seccomp and prctl can do is asked for. No
// MemoryDenyWriteExecute anywhere: V8 compiles code at run time.
function sandboxSettings(options: UnitOptions): Section {
  const everywhere: Section = [
    ['NoNewPrivileges', 'yes'],
    ['UMask', '0077'],
    ['LockPersonality', 'yes'],
    ['RestrictAddressFamilies', 'AF_UNIX AF_INET AF_INET6'],
    ['RestrictNamespaces', 'yes'],
    ['RestrictRealtime', 'yes'],
    ['RestrictSUIDSGID', 'yes'],
    ['SystemCallArchitectures', 'native'],
  ];
  if (options.forUser) return everywhere;
  return [
    ...everywhere,
    ['ProtectSystem', 'strict'],
    ['ProtectHome', usesHome(options) ? 'read-only' : 'yes'],
    ['PrivateTmp', 'yes'],
    ['PrivateDevices', 'yes'],
    ['ProtectClock', 'yes'],
    ['ProtectControlGroups', 'yes'],
    ['ProtectHostname', 'yes'],
    ['ProtectKernelLogs', 'yes'],
    ['ProtectKernelModules', 'yes'],
    ['ProtectKernelTunables', 'yes'],
    ['ProtectProc', 'invisible'],
    ['CapabilityBoundingSet', ''],
    ['SystemCallFilter', '@system-service'],
    ['SystemCallFilter', '~@privileged'],
  ];
}

// Node, gatelog or the logs may live in a home (nvm, a project of one's own): then homes stay visible, read-only.
function usesHome({ node, program, logs, data }: UnitOptions): boolean {
  return [node, program, data ?? '', ...logs].some((path) => /^\/(?:home|root|run\/user)\//.test(path));
}
