import { illegalArgument } from '../errors.ts';
import { Double } from '../wire/json.ts';
import { Options } from '../wire/options.ts';
import type { Aggregator, AggregationType } from './aggregation.ts';
import { type BoundField, bindField } from './bound-field.ts';
import { readNumbers } from './read-numbers.ts';
import { doubles, type Scratch } from './scratch.ts';
import { checkFormat, missingNumber, SOURCE_MEMBERS, sourceField } from './source-field.ts';
import { type Kept, Summary } from './summary.ts';

/** How a metric is read off the summary of one bucket's numbers. */
export interface Metric {
  readonly type: string;
  readonly kept: Kept;
  /** Names an order path may give after the metric's name; none for a metric of one value. */
  readonly keys?: readonly string[];
  result(summary: Summary, owner: number, show: (value: number) => string | undefined): Record<string, unknown>;
  value(summary: Summary, owner: number, key: string | undefined): number;
}

/** The aggregation that answers a metric over the numbers of a field. */
export function metricType(metric: Metric, members: readonly string[] = []): AggregationType {
  return (body) => {
    const options = new Options(metric.type, body, [...SOURCE_MEMBERS, ...members]);
    const name = sourceField(options);
    const format = options.string('format');
    return (context) => {
      const bound = bindField(context, name, metric.type, ['numbers']);
      checkFormat(bound, format);
      return new MetricAggregator(metric, bound, missingNumber(bound, options.value('missing')), format);
    };
  };
}

class MetricAggregator implements Aggregator {
  readonly type: string;
  private readonly metricKind: Metric;
  private readonly bound: BoundField;
  private readonly missing: number | undefined;
  private readonly format: string | undefined;
  private readonly summary: Summary;
  private readonly values: Scratch<Float64Array> = doubles();

  constructor(metric: Metric, bound: BoundField, missing: number | undefined, format: string | undefined) {
    this.type = metric.type;
    this.metricKind = metric;
    this.bound = bound;
    this.missing = missing;
    this.format = format;
    this.summary = new Summary(metric.kept);
  }

  collect(batch: Parameters<Aggregator['collect']>[0]): void {
    const column = batch.view.segment.numbers(this.bound.name);
    this.summary.add(readNumbers(column, batch, this.missing, this.values), batch.ownerCount);
  }

  result(owner: number): Record<string, unknown> {
    return this.metricKind.result(this.summary, owner, (value) => this.bound.field?.showNumber(value, this.format));
  }

  metric(owner: number, key: string | undefined): number {
    const { keys } = this.metricKind;
    if (keys === undefined ? key !== undefined && key !== 'value' : key === undefined || !keys.includes(key)) {
      throw illegalArgument(wrongKey(keys, key));
    }
    return this.metricKind.value(this.summary, owner, key);
  }
}

function wrongKey(keys: readonly string[] | undefined, key: string | undefined): string {
  if (keys === undefined)
    return `Ordering on a single-value metrics aggregation can only be done on its value. Found [${key}]`;
  return key === undefined
    ? 'Missing value key in [null] which refers to a multi-value metric aggregation'
    : `Unknown value key [${key}]`;
}

/** A metric of one value: `{ value }`, null when there is none, with `value_as_string` where the field's type writes numbers in words. */
export function singleValue(type: string, kept: Kept, read: (summary: Summary, owner: number) => number): Metric {
  return {
    type,
    kept,
    value: read,
    result(summary, owner, show) {
      const value = read(summary, owner);
      if (!Number.isFinite(value)) return { value: null };
      const text = show(value);
      return text === undefined ? { value: new Double(value) } : { value: new Double(value), value_as_string: text };
    },
  };
}

export const min: AggregationType = metricType(
  singleValue('min', { extremes: true }, (summary, owner) => summary.minimum(owner)),
);
export const max: AggregationType = metricType(
  singleValue('max', { extremes: true }, (summary, owner) => summary.maximum(owner)),
);
export const sum: AggregationType = metricType(
  singleValue('sum', { sum: true }, (summary, owner) => summary.sum(owner)),
);
export const avg: AggregationType = metricType(
  singleValue('avg', { sum: true }, (summary, owner) => summary.sum(owner) / summary.count(owner)),
);
