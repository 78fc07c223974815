import { illegalArgument } from '../errors.ts';
import { Double } from '../wire/json.ts';
import { doubleText } from '../wire/number-text.ts';
import { Options } from '../wire/options.ts';
import { shardFailure } from '../wire/shard-failure.ts';
import type { AggregationType } from './aggregation.ts';
import { bindField } from './bound-field.ts';
import {
  type Bounds,
  Histogram,
  HISTOGRAM_MEMBERS,
  parseHistogramOptions,
  UNBOUNDED,
  valueRange,
} from './histogram-aggregator.ts';
import { checkFormat, missingNumber, SOURCE_MEMBERS, sourceField } from './source-field.ts';
import { evenSteps } from './steps.ts';
import { isObject } from '../wire/options.ts';

/** Buckets of equal width over numbers. */
export const histogram: AggregationType = (body) => {
  const options = new Options('histogram', body, [...SOURCE_MEMBERS, ...HISTOGRAM_MEMBERS]);
  const name = sourceField(options);
  const interval = options.number('interval') ?? 0;
  const offset = options.number('offset') ?? 0;
  const common = parseHistogramOptions(options);
  const extended = parseBounds(options, 'extended_bounds');
  const hard = parseBounds(options, 'hard_bounds');
  return (context, children) => {
    const index = context.searchers[0]?.index ?? '';
    if (!(interval > 0))
      throw shardFailure(illegalArgument(`interval must be positive, got: ${doubleText(interval)}`), index);
    const bound = bindField(context, name, 'histogram', ['numbers']);
    checkFormat(bound, options.string('format'));
    const missing = missingNumber(bound, options.value('missing'));
    const steps = evenSteps(interval, offset, ...valueRange(bound, missing, extended));
    return new Histogram(context, children, { type: 'histogram', bound, missing, steps, extended, hard, show }, common);
  };
};

function show(start: number): { shown: Record<string, unknown>; name: string } {
  return { shown: { key: new Double(start) }, name: doubleText(start) };
}

function parseBounds(options: Options, member: string): Bounds {
  const value = options.value(member);
  if (value === undefined) return UNBOUNDED;
  if (!isObject(value)) throw options.failed(member, 'Expected an object with [min] and [max]');
  const ends = new Options(member, value, ['min', 'max']);
  return { minimum: ends.number('min') ?? Number.NaN, maximum: ends.number('max') ?? Number.NaN };
}
