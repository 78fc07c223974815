/** Errors of the program itself: how it was called and how it was set up. */
export const USAGE_ERRORS = {
  GATELOG_USAGE: {
    message: '{problem}',
    advice: 'See "{help}".',
    exitCode: 2,
  },
  GATELOG_SETTING_INVALID: {
    message: '{setting} is "{value}": {reason}',
    advice: 'Correct it and run the command again.',
    exitCode: 2,
  },
  GATELOG_SETTINGS_FILE_UNREADABLE: {
    message: 'cannot read the settings file {file}: {reason}',
    advice: 'Check the path and its permissions, or leave --config away.',
    exitCode: 2,
  },
  GATELOG_SETTINGS_FILE_INVALID: {
    message: 'the settings file {file} is not valid: {reason}',
    advice: 'Options are named as on the command line, at the top or under the name of a command.',
    exitCode: 2,
  },
  GATELOG_NOT_AVAILABLE: {
    message: '{what} is not available: {reason}',
    advice: 'Install gatelog again, or report it.',
    exitCode: 1,
  },
  GATELOG_UNEXPECTED: {
    message: 'unexpected error: {reason}',
    advice: 'Run the command again with --verbose to see where it comes from, and report it.',
    exitCode: 1,
  },
} as const;
