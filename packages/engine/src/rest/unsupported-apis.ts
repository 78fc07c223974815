/**
 * What Elasticsearch offers and this engine does not (yet): named in the refusal, so that nobody looks for a misspelt path.
 * By the first segment that begins with `_`.
 */
const FAMILIES = new Set(
  `_alias _aliases _analyze _async_search _autoscaling _block _bulk _cache _cat _ccr _clone _close _cluster _component_template _count _create
  _data_stream _delete_by_query _dangling _disk_usage _doc _downsample _enrich _eql _esql _explain _features _field_caps _field_usage_stats
  _fleet _flush _forcemerge _graph _health_report _ilm _index_template _inference _ingest _knn_search _license _lifecycle _logstash _mapping
  _mappings _mget _migration _ml _monitoring _msearch _mtermvectors _nodes _open _pit _plugins _profiling _query _query_rules _rank_eval
  _recovery _refresh _reindex _reload_search_analyzers _remote _render _resolve _rollover _rollup _scripts _search _search_shards
  _searchable_snapshots _security _segments _settings _shard_stores _shrink _slm _snapshot _source _split _sql _ssl _stats _synonyms _tasks
  _template _terms_enum _termvectors _text_structure _transform _unfreeze _update _update_by_query _validate _watcher _xpack`.split(
    /\s+/,
  ),
);

/** The API that a path without a handler asks for, as `_cat/shards`; undefined when Elasticsearch has none there either. */
export function unsupportedApi(path: string): string | undefined {
  const segments = path.split('/').filter((segment) => segment !== '');
  const start = segments.findIndex((segment) => FAMILIES.has(segment));
  if (start < 0 || start > 1) return undefined;
  return segments.slice(start).join('/');
}
