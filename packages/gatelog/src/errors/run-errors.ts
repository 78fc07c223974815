/** Errors of what gatelog runs: servers that listen, traffic that is simulated, services, the embedded engine. */
export const RUN_ERRORS = {
  GATELOG_LISTEN_PORT_IN_USE: {
    message: '{host}:{port} is in use by another program',
    advice: 'Stop that program, or choose another port with {option}.',
    exitCode: 1,
  },
  GATELOG_LISTEN_FAILED: {
    message: 'cannot listen on {host}:{port}: {reason}',
    advice: 'Choose another address or port with --host and {option}.',
    exitCode: 1,
  },
  GATELOG_SIMULATE_TARGET_REFUSED: {
    message: '{url} is refused as a target: {reason}',
    advice: 'Simulated traffic goes to this machine alone (127.0.0.0/8 or ::1), for example http://127.0.0.1:5000.',
    exitCode: 2,
  },
  GATELOG_SIMULATE_NO_ANSWER: {
    message: 'no answer from {url}: {reason}',
    advice: 'Start a server there, for example with "gatelog demo".',
    exitCode: 1,
  },
  GATELOG_SERVICE_NO_SYSTEMD: {
    message: 'this machine is not run by systemd',
    advice: 'Take the unit from "gatelog service print" as a model, or run "gatelog up" from the init system there is.',
    exitCode: 1,
  },
  GATELOG_SERVICE_UNIT_UNWRITABLE: {
    message: 'cannot change {file}: {reason}',
    advice: 'Run it as root (sudo), or use --user for a service of your own.',
    exitCode: 1,
  },
  GATELOG_SERVICE_NOT_INSTALLED: {
    message: 'there is no {file}',
    advice: 'Install it with "gatelog service install".',
    exitCode: 1,
  },
  GATELOG_SERVICE_COMMAND_FAILED: {
    message: '"{command}" failed: {reason}',
    advice: 'Run it by hand, and see "journalctl -u {unit}".',
    exitCode: 1,
  },
  GATELOG_SERVICE_ARGUMENT_INVALID: {
    message: '"{value}" cannot stand in a unit file: {reason}',
    advice: 'Choose another value for {option}.',
    exitCode: 2,
  },
  GATELOG_ENGINE_START_FAILED: {
    message: 'the embedded engine cannot start on {data}: {reason}',
    advice: 'Check the folder and its permissions, or choose another one with --data DIR.',
    exitCode: 1,
  },
  GATELOG_ENGINE_CREDENTIALS_UNUSABLE: {
    message: 'the embedded engine does not accept the password in {file}',
    advice: 'Set a new one with "gatelog engine reset-password", or start once with the right ELASTIC_PASSWORD.',
    exitCode: 1,
  },
  GATELOG_ENGINE_PASSWORD_UNCHANGED: {
    message: 'the password of the engine in {data} was not changed: {reason}',
    advice: 'Name the folder of the engine with --data DIR, and run as the user that runs the engine.',
    exitCode: 1,
  },
  GATELOG_ENGINE_PASSWORD_INVALID: {
    message: '{reason}',
    advice: 'Give one of at least 6 characters on a single line.',
    exitCode: 2,
  },
} as const;
