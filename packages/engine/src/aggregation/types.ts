import type { AggregationType } from './aggregation.ts';
import { cardinality } from './cardinality.ts';
import { dateHistogram } from './date-histogram.ts';
import { filters } from './filters.ts';
import { histogram } from './histogram.ts';
import { avg, max, min, sum } from './metric.ts';
import { dateRange, range } from './range.ts';
import { filter, global, missing } from './single-bucket.ts';
import { extendedStats, stats } from './stats.ts';
import { terms } from './terms.ts';
import { valueCount } from './value-count.ts';

/** Aggregations that put documents into buckets, which may have aggregations inside. */
export const BUCKET_TYPES: ReadonlyMap<string, AggregationType> = new Map([
  ['date_histogram', dateHistogram],
  ['date_range', dateRange],
  ['filter', filter],
  ['filters', filters],
  ['global', global],
  ['histogram', histogram],
  ['missing', missing],
  ['range', range],
  ['terms', terms],
]);

/** Aggregations that answer numbers. */
export const METRIC_TYPES: ReadonlyMap<string, AggregationType> = new Map([
  ['avg', avg],
  ['cardinality', cardinality],
  ['extended_stats', extendedStats],
  ['max', max],
  ['min', min],
  ['stats', stats],
  ['sum', sum],
  ['value_count', valueCount],
]);

/** What Elasticsearch 8.11 has beside these: refused by name, so that nobody takes a misspelling for a gap or the other way round. */
export const UNSUPPORTED_TYPES: ReadonlySet<string> = new Set(
  (
    'adjacency_matrix auto_date_histogram avg_bucket boxplot bucket_count_ks_test bucket_correlation bucket_script bucket_selector ' +
    'bucket_sort categorize_text change_point children composite cumulative_cardinality cumulative_sum derivative ' +
    'diversified_sampler extended_stats_bucket frequent_item_sets geo_bounds geo_centroid geo_distance geo_line geohash_grid ' +
    'geohex_grid geotile_grid inference ip_prefix ip_range matrix_stats max_bucket median_absolute_deviation min_bucket moving_fn ' +
    'moving_percentiles multi_terms nested normalize parent percentile_ranks percentiles percentiles_bucket random_sampler ' +
    'rare_terms rate reverse_nested sampler scripted_metric serial_diff significant_terms significant_text stats_bucket ' +
    'string_stats sum_bucket t_test time_series top_hits top_metrics variable_width_histogram weighted_avg'
  ).split(' '),
);
