/** Where everything is, once it runs. Also the JSON of the ready line. */
export interface UpAddresses {
  readonly store: {
    readonly url: string;
    readonly user: string;
    /** File that holds the password. */
    readonly credentials?: string;
    readonly ca?: string;
  };
  readonly demo?: { readonly url: string; readonly log: string };
  readonly logs: readonly string[];
  readonly index: string;
}

/** What of these addresses a command has to be told, because it is not what it would look for by itself. */
export interface Deviations {
  /** How gatelog is called here: `gatelog`, or `npx gatelog`. */
  readonly program: string;
  readonly isUsualPort: boolean;
  readonly isUsualData: boolean;
}

/** The screen that `gatelog up` shows: addresses, where the password is, and commands to copy. */
export function describeUp(addresses: UpAddresses, deviations: Deviations): string {
  const { store, demo, logs, index } = addresses;
  const rows: readonly (readonly [string, string])[] = [
    ['store', store.url],
    ['password', `of the user ${store.user}: in ${store.credentials ?? 'ELASTIC_PASSWORD'}`],
    ...(store.ca === undefined ? [] : [['authority', store.ca] as const]),
    ...(demo ? [['demo', `${demo.url}, with a little simulated traffic`] as const] : []),
    ['logs', logs.length === 0 ? 'none: name them with --log FILE, or try --demo' : logs.join('\n             ')],
    ['index', index],
  ];
  const table = rows.map(([name, value]) => `  ${name.padEnd(10)} ${value}\n`).join('');
  const commands = nextCommands(addresses, deviations).map((line) => `  ${line}\n`);
  return `gatelog is up. Ctrl-C stops it.\n\n${table}\nFrom another terminal:\n\n${commands.join('')}\n`;
}

function nextCommands({ store, demo, index }: UpAddresses, deviations: Deviations): readonly string[] {
  const { program, isUsualPort, isUsualData } = deviations;
  const authority = store.ca === undefined ? '' : ` --cacert ${quoteForShell(store.ca)}`;
  const where = `${isUsualPort ? '' : ` --url ${store.url}`}${isUsualData ? '' : authority}`;
  const which = index === 'gatelog-access' ? '' : ` --index ${quoteForShell(index)}`;
  const search = [`Unauthorized`, 'Unauthorized --by source.ip', '--level error --since 1h'].map(
    (query) => `${program} search ${query}${which}${where}`,
  );
  const door = demo ? [`curl ${demo.url}/.env`] : [];
  const password = store.credentials
    ? [`export ELASTIC_PASSWORD=$(sed 's/.*"password":"\\(.*\\)".*/\\1/' ${quoteForShell(store.credentials)})`]
    : [];
  const curl = `curl${authority} -u ${store.user}:$ELASTIC_PASSWORD ${store.url}`;
  // In another data folder the password is not found by itself: then it is needed before the first search.
  return isUsualData ? [...door, ...search, ...password, curl] : [...password, ...door, ...search, curl];
}

function quoteForShell(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
