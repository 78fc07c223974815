/**
 * The Elasticsearch whose API this is, with the keys of its root answer in their order. Clients read `number` and decide by it
 * what they may ask; `build_type` and the rest are the archive's of that release.
 */
export const VERSION = {
  number: '8.11.1',
  build_flavor: 'default',
  build_type: 'tar',
  build_hash: '6f9ff581fbcde658e6f69d6ce03050f060d1fd0c',
  build_date: '2023-11-11T10:05:59.421038163Z',
  build_snapshot: false,
  lucene_version: '9.8.0',
  minimum_wire_compatibility_version: '7.17.0',
  minimum_index_compatibility_version: '7.0.0',
} as const;

/** `index.version.created` of that release. */
export const INDEX_VERSION = '8500003';
