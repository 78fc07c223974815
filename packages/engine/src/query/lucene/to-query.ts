import { compileRegexp } from '../compile-regexp.ts';
import type { Field } from '../../mapping/field.ts';
import { bestOf, booleanQuery } from '../boolean.ts';
import { fieldExists } from '../exists.ts';
import { fieldMatch, fieldPhrase } from '../field-match.ts';
import { fieldRange } from '../field-range.ts';
import { type FieldPattern, inFields } from '../in-fields.ts';
import { MATCH_NONE, matchAll } from '../matches.ts';
import { minimumOf } from '../minimum-should-match.ts';
import type { QueryContext } from '../query-parser.ts';
import type { Query } from '../query.ts';
import { specialField } from '../special-field.ts';
import { termsFitting } from '../terms-fitting.ts';
import { wildcardPattern } from '../wildcard-pattern.ts';
import type { LuceneNode } from './syntax.ts';
import { LuceneSyntaxError, unescapeLucene } from './tokens.ts';

export interface LuceneOptions {
  /** Where to look for what names no field. */
  readonly fields: readonly FieldPattern[];
  /** A value that a field cannot read matches nothing there, and is no error. */
  readonly lenient: boolean;
  readonly operator: 'or' | 'and';
  readonly leadingWildcard: boolean;
  readonly timeZone: string | undefined;
  /** Of the outermost clauses; not of those inside. */
  readonly minimumShouldMatch: string | undefined;
}

/** Binds a query in Lucene's syntax to an index. */
export function toQuery(node: LuceneNode, options: LuceneOptions, context: QueryContext): Query {
  const inner = { ...context, boost: Math.fround(context.boost * Math.fround(node.boost)) };
  switch (node.kind) {
    case 'clauses':
      return clauses(node, options, inner);
    case 'words':
      if (node.field === '_exists_') return fieldExists(context.searcher, node.text, inner.boost);
      return bestOfFields(node.field, node.text, options, inner, (field, boost) =>
        fieldMatch(context.searcher, field, node.text, {
          operator: options.operator,
          minimumShouldMatch: options.minimumShouldMatch,
          boost,
          isBoosted: node.boost !== 1,
        }),
      );
    case 'phrase':
      return bestOfFields(node.field, node.text, options, inner, (field, boost) =>
        fieldPhrase(context.searcher, field, node.text, { boost, slop: node.slop }),
      );
    case 'range':
      return bestOfFields(node.field, undefined, options, inner, (field, boost) => {
        const range = { ...node.range, timeZone: field.type === 'date' ? options.timeZone : undefined };
        return fieldRange(field, range, boost);
      });
    case 'wildcard':
      return wildcard(node, options, inner);
    case 'regexp': {
      const fits = compileRegexp(node.pattern);
      return bestOfFields(node.field, undefined, options, inner, (field, boost) =>
        termsFitting(field, 'regexp', node.pattern, '', fits, boost),
      );
    }
  }
}

function clauses(
  node: LuceneNode & { readonly kind: 'clauses' },
  options: LuceneOptions,
  context: QueryContext,
): Query {
  const inside = node.clauses.length === 1 ? options : { ...options, minimumShouldMatch: undefined };
  const of = (occur: string): Query[] =>
    node.clauses.filter((clause) => clause.occur === occur).map((clause) => toQuery(clause.node, inside, context));
  const [must, should, mustNot] = [of('must'), of('should'), of('must_not')];
  if (node.clauses.length === 0) return MATCH_NONE;
  if (node.clauses.length === 1 && mustNot.length === 0) return (must[0] ?? should[0])!;
  return booleanQuery({
    isBoosted: node.boost !== 1,
    must,
    filter: [],
    should,
    mustNot,
    minimumShouldMatch: Math.max(
      must.length === 0 && should.length > 0 ? 1 : 0,
      minimumOf(options.minimumShouldMatch, should.length) ?? 0,
    ),
  });
}

function wildcard(
  node: LuceneNode & { readonly kind: 'wildcard' },
  options: LuceneOptions,
  context: QueryContext,
): Query {
  const { field, pattern } = node;
  if (pattern === '*')
    return field === undefined || field === '*'
      ? matchAll(context.boost)
      : fieldExists(context.searcher, field, context.boost);
  if (field === '_exists_') return fieldExists(context.searcher, unescapeLucene(pattern), context.boost);
  if (!options.leadingWildcard && /^[*?]/.test(pattern)) {
    throw new LuceneSyntaxError("'*' or '?' not allowed as first character in WildcardQuery");
  }
  return bestOfFields(field, undefined, options, context, (found, boost) => {
    // The terms of a text field are in lower case.
    const { prefix, fits } = wildcardPattern(found.storage === 'postings' ? pattern.toLowerCase() : pattern);
    return termsFitting(found, 'wildcard', pattern, prefix, fits, boost);
  });
}

/** The best match among the fields meant. */
function bestOfFields(
  name: string | undefined,
  value: string | undefined,
  options: LuceneOptions,
  context: QueryContext,
  build: (field: Field, boost: number) => Query,
): Query {
  const special = name === undefined || value === undefined ? undefined : specialField(name, [value], context);
  if (special) return special;
  const patterns = name === undefined ? options.fields : [{ pattern: name, boost: 1 }];
  const queries = inFields(patterns, options.lenient, context, build);
  return queries.length === 0 ? MATCH_NONE : bestOf(queries);
}
