import { bool } from './bool.ts';
import { constantScore } from './constant-score.ts';
import { exists } from './exists.ts';
import { ids } from './ids.ts';
import { match } from './match.ts';
import { matchAllQuery, matchNoneQuery } from './match-all.ts';
import { matchPhrase } from './match-phrase.ts';
import { multiMatch } from './multi-match.ts';
import type { QueryParser } from './query-parser.ts';
import { prefix } from './prefix.ts';
import { queryString } from './query-string.ts';
import { range } from './range.ts';
import { regexp } from './regexp.ts';
import { term } from './term.ts';
import { terms } from './terms.ts';
import { wildcard } from './wildcard.ts';

/** All queries, by name. */
export const QUERIES: ReadonlyMap<string, QueryParser> = new Map(
  Object.entries({
    bool,
    constant_score: constantScore,
    exists,
    ids,
    match,
    match_all: matchAllQuery,
    match_none: matchNoneQuery,
    match_phrase: matchPhrase,
    multi_match: multiMatch,
    prefix,
    query_string: queryString,
    range,
    regexp,
    term,
    terms,
    wildcard,
  }),
);
