import { Double } from '../wire/json.ts';
import { Options } from '../wire/options.ts';
import type { AggregationType } from './aggregation.ts';
import { type Metric, metricType } from './metric.ts';
import type { Summary } from './summary.ts';

const BASIC = ['count', 'min', 'max', 'avg', 'sum'] as const;

/** count, min, max, avg, sum. */
export const stats: AggregationType = metricType({
  type: 'stats',
  kept: { sum: true, extremes: true },
  keys: BASIC,
  result: (summary, owner, show) => {
    const values = basic(summary, owner);
    const result: Record<string, unknown> = { ...values.shown };
    if (summary.count(owner) === 0) return result;
    for (const name of ['min', 'max', 'avg', 'sum'] as const) {
      const text = show(values.numbers[name]!);
      if (text !== undefined) result[`${name}_as_string`] = text;
    }
    return result;
  },
  value: (summary, owner, key) => basic(summary, owner).numbers[key!]!,
});

/** stats and the measures of spread, with bounds `sigma` deviations around the mean. */
export const extendedStats: AggregationType = (body, name) => {
  const sigma = new Options('extended_stats', body, Object.keys(body)).number('sigma') ?? 2;
  return metricType(extendedMetric(sigma), ['sigma'])(body, name);
};

function extendedMetric(sigma: number): Metric {
  return {
    type: 'extended_stats',
    kept: { sum: true, extremes: true, squares: true },
    keys: [...BASIC, ...SPREAD, ...BOUNDS.map((bound) => `std_${bound}`)],
    result: (summary, owner) => {
      const values = spread(summary, owner, sigma);
      const shown = (names: readonly string[]): Record<string, unknown> =>
        Object.fromEntries(names.map((name) => [name, orNull(values[name]!)]));
      return { ...basic(summary, owner).shown, ...shown(SPREAD), std_deviation_bounds: shown(BOUNDS) };
    },
    value: (summary, owner, key) =>
      ({ ...basic(summary, owner).numbers, ...spread(summary, owner, sigma) })[
        key!.replace(/^std_(?=upper|lower)/, '')
      ]!,
  };
}

const SPREAD = [
  'sum_of_squares',
  'variance',
  'variance_population',
  'variance_sampling',
  'std_deviation',
  'std_deviation_population',
  'std_deviation_sampling',
] as const;

const BOUNDS = ['upper', 'lower', 'upper_population', 'lower_population', 'upper_sampling', 'lower_sampling'] as const;

function basic(summary: Summary, owner: number): { numbers: Record<string, number>; shown: Record<string, unknown> } {
  const count = summary.count(owner);
  const sum = summary.sum(owner);
  const numbers = { count, min: summary.minimum(owner), max: summary.maximum(owner), avg: sum / count, sum };
  const { min, max, avg } = numbers;
  const shown = { count, min: orNull(min), max: orNull(max), avg: orNull(avg), sum: new Double(sum) };
  return { numbers, shown };
}

function spread(summary: Summary, owner: number, sigma: number): Record<string, number> {
  const count = summary.count(owner);
  const sum = summary.sum(owner);
  const squares = count === 0 ? Number.NaN : summary.sumOfSquares(owner);
  const average = sum / count;
  // Rounding may take it a little below zero, as Elasticsearch too guards against.
  const population = Math.max(0, (squares - (sum * sum) / count) / count);
  const sampling = count > 1 ? Math.max(0, (squares - (sum * sum) / count) / (count - 1)) : Number.NaN;
  const deviation = Math.sqrt(population);
  const samplingDeviation = Math.sqrt(sampling);
  return {
    sum_of_squares: squares,
    variance: population,
    variance_population: population,
    variance_sampling: sampling,
    std_deviation: deviation,
    std_deviation_population: deviation,
    std_deviation_sampling: samplingDeviation,
    upper: average + sigma * deviation,
    lower: average - sigma * deviation,
    upper_population: average + sigma * deviation,
    lower_population: average - sigma * deviation,
    upper_sampling: average + sigma * samplingDeviation,
    lower_sampling: average - sigma * samplingDeviation,
  };
}

/** Elasticsearch prints null for a number that is none, but "NaN" for the sampling measures of a single value. */
function orNull(value: number): Double | null {
  return Number.isFinite(value) ? new Double(value) : null;
}
