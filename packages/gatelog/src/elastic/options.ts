import type { OptionSpecification } from '../commands/specification.ts';

/** The options of every command that talks to a store. A password is never one of them. */
export const STORE_OPTIONS: readonly OptionSpecification[] = [
  {
    flags: '--url <url>',
    kind: 'text',
    description: 'address of Elasticsearch, OpenSearch or the gatelog engine',
    default: 'https://localhost:9200',
    environment: 'ELASTICSEARCH_URL',
  },
  {
    flags: '--user <name>',
    kind: 'text',
    description: 'user whose password is in ELASTIC_PASSWORD (ELASTIC_API_KEY, when set, is used instead of both)',
    defaultDescription: 'elastic',
    environment: 'ELASTIC_USER',
  },
  {
    flags: '--cacert <file>',
    kind: 'text',
    description: 'authority that signed the certificate of the store, as PEM',
    defaultDescription: "the embedded engine's own, when there is one",
    environment: 'ELASTIC_CA_CERT',
  },
  {
    flags: '--ca-fingerprint <sha256>',
    kind: 'text',
    description: 'SHA-256 fingerprint of that authority, in place of its file',
    environment: 'ELASTIC_CA_FINGERPRINT',
  },
];
