/** Errors of searching. */
export const SEARCH_ERRORS = {
  GATELOG_SEARCH_QUERY_INVALID: {
    message: 'the store cannot read the query "{query}": {reason}',
    advice: 'Quote special characters with a backslash (url.path:\\/admin) or put the text in double quotes.',
    exitCode: 2,
  },
} as const;
