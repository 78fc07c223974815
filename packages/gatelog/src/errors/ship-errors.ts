/** Errors of shipping: the files read, the state kept, the store written to. */
export const SHIP_ERRORS = {
  GATELOG_SHIP_FILE_MISSING: {
    message: 'there is no file {file}',
    advice: 'Check the path, or use --follow to wait until it appears.',
    exitCode: 1,
  },
  GATELOG_SHIP_FILE_UNREADABLE: {
    message: 'cannot read {file}: {reason}',
    advice: 'Check that it may be read by the user that runs gatelog.',
    exitCode: 1,
  },
  GATELOG_SHIP_FILE_IS_DIRECTORY: {
    message: '{file} is a directory, not a log file',
    advice: 'Name the log files in it, for example {file}/*.log.',
    exitCode: 1,
  },
  GATELOG_SHIP_FILE_BINARY: {
    message: '{file} is not a text log: there are zero bytes at its start',
    advice: 'Decompress it first, or name another file.',
    exitCode: 1,
  },
  GATELOG_SHIP_FORMAT_UNKNOWN: {
    message: 'no known log format fits the first lines of {file}',
    advice: 'Name the format with --format ({formats}).',
    exitCode: 1,
  },
  GATELOG_SHIP_STATE_LOCKED: {
    message: 'another gatelog (process {pid}) is using the state folder {folder}',
    advice: 'Stop it, or give this one its own folder with --state DIR.',
    exitCode: 1,
  },
  GATELOG_SHIP_STATE_UNREADABLE: {
    message: 'cannot use the checkpoint {file}: {reason}',
    advice: 'Move it away to start over: lines that were shipped are recognised and not stored twice.',
    exitCode: 1,
  },
  GATELOG_SHIP_STATE_UNWRITABLE: {
    message: 'cannot write {file}: {reason}',
    advice:
      'Make room or correct the permissions, and run again: nothing is lost, shipping resumes from the checkpoint.',
    exitCode: 1,
  },
  GATELOG_SHIP_STORE_GAVE_UP: {
    message: 'the store did not take the lines within {seconds} s: {reason}',
    advice: 'Run again when it is up (or with a longer --retry-for): shipping resumes from the checkpoint.',
    exitCode: 1,
  },
} as const;
