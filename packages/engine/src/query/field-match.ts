import type { Field } from '../mapping/field.ts';
import type { Token } from '../analysis/token.ts';
import { booleanQuery } from './boolean.ts';
import { fieldTerm } from './field-term.ts';
import { MATCH_NONE } from './matches.ts';
import { minimumOf } from './minimum-should-match.ts';
import type { Query, Searcher } from './query.ts';
import { textPhrase } from './text-phrase.ts';
import { textTerm } from './text-term.ts';
import { asText } from '../wire/as-text.ts';

export interface MatchOptions {
  readonly operator: 'or' | 'and';
  readonly minimumShouldMatch?: string | undefined;
  readonly boost: number;
  /** Whether the query has a boost of its own. */
  readonly isBoosted?: boolean;
  /** What a text without a single term matches. */
  readonly zeroTerms?: Query;
}

/** A text against a field: its terms where the field is text, the whole as a value where it is not. */
export function fieldMatch(searcher: Searcher, field: Field | undefined, text: unknown, options: MatchOptions): Query {
  if (field?.storage !== 'postings') return fieldTerm(searcher, field, text, options.boost);
  const tokens = field.analyze(asText(text));
  const queries = tokens.map(({ term }) => textTerm(searcher, field, term, options.boost));
  const [only] = queries;
  if (!only) return options.zeroTerms ?? MATCH_NONE;
  if (queries.length === 1) return only;
  const nothing = { must: [], filter: [], should: [], mustNot: [], isBoosted: options.isBoosted ?? false };
  if (options.operator === 'and') return booleanQuery({ ...nothing, must: queries, minimumShouldMatch: 0 });
  const minimum = minimumOf(options.minimumShouldMatch, queries.length) ?? 1;
  return booleanQuery({ ...nothing, should: queries, minimumShouldMatch: Math.max(1, minimum) });
}

export interface PhraseOptions {
  readonly boost: number;
  /** How many places the words may be moved, all together. */
  readonly slop?: number;
  /** What a text without a single term matches. */
  readonly zeroTerms?: Query;
}

/** A text as a phrase. */
export function fieldPhrase(
  searcher: Searcher,
  field: Field | undefined,
  text: unknown,
  { boost, slop = 0, zeroTerms = MATCH_NONE }: PhraseOptions,
): Query {
  if (field?.storage !== 'postings') return fieldTerm(searcher, field, text, boost);
  const tokens: readonly Token[] = field.analyze(asText(text));
  if (tokens.length === 0) return zeroTerms;
  return tokens.length === 1
    ? textTerm(searcher, field, tokens[0]!.term, boost)
    : textPhrase(searcher, field, tokens, { boost, slop });
}
