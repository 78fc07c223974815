import { boostOf, members } from './body.ts';
import { MATCH_NONE, matchAll } from './matches.ts';
import type { QueryParser } from './query-parser.ts';

export const matchAllQuery: QueryParser = (body, context) =>
  matchAll(boostOf(members('match_all', body, ['boost']), context));

export const matchNoneQuery: QueryParser = (body) => {
  members('match_none', body, ['boost']);
  return MATCH_NONE;
};
