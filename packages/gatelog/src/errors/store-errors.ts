/** Errors of the way to the store: connection, certificate, credential, answer. */
export const STORE_ERRORS = {
  GATELOG_STORE_REFUSED: {
    message: 'nothing answers at {url}: the connection was refused',
    advice: 'Start the store ("gatelog up", "gatelog engine") or give its address with --url.',
    exitCode: 1,
  },
  GATELOG_STORE_UNKNOWN_HOST: {
    message: 'no address is known for the host of {url}',
    advice: 'Check the name in --url or ELASTICSEARCH_URL.',
    exitCode: 1,
  },
  GATELOG_STORE_UNREACHABLE: {
    message: 'the connection to {url} failed: {reason}',
    advice: 'Check the network between here and the store, and that the store is up.',
    exitCode: 1,
  },
  GATELOG_STORE_TIMEOUT: {
    message: '{url} gave no answer within {seconds} s',
    advice: 'The store may be overloaded: try again, or look at its own log.',
    exitCode: 1,
  },
  GATELOG_STORE_UNTRUSTED: {
    message: 'the certificate of {url} is not trusted: {reason}',
    advice:
      'Name the authority that signed it with --cacert FILE (or ELASTIC_CA_CERT), or pin it with --ca-fingerprint.',
    exitCode: 1,
  },
  GATELOG_STORE_WRONG_NAME: {
    message: 'the certificate of {url} is for another name: {reason}',
    advice: 'Use one of the names the certificate carries in --url.',
    exitCode: 1,
  },
  GATELOG_STORE_SPEAKS_HTTP: {
    message: '{url} does not speak TLS',
    advice: 'If the store really is plain HTTP, write http:// in --url.',
    exitCode: 1,
  },
  GATELOG_STORE_SPEAKS_TLS: {
    message: '{url} closed a plain HTTP connection: it seems to speak TLS',
    advice: 'Write https:// in --url.',
    exitCode: 1,
  },
  GATELOG_STORE_UNAUTHENTICATED: {
    message: '{url} does not accept the credential of {who}',
    advice: 'Set ELASTIC_PASSWORD (with --user) or ELASTIC_API_KEY in the environment.',
    exitCode: 1,
  },
  GATELOG_STORE_FORBIDDEN: {
    message: '{url} does not allow this to {who}: {reason}',
    advice: 'Give that user the privilege, or use another one with --user.',
    exitCode: 1,
  },
  GATELOG_STORE_NO_INDEX: {
    message: 'there is no index "{index}" at {url}',
    advice: 'Ship a log first ("gatelog ship FILE --index {index}") or name another one with --index.',
    exitCode: 1,
  },
  GATELOG_STORE_REJECTED: {
    message: '{url} answered {status} to {request}: {reason}',
    advice: 'Run again with --verbose to see the whole answer.',
    exitCode: 1,
  },
  GATELOG_STORE_NOT_JSON: {
    message: '{url} answered {status} with something that is not JSON: {excerpt}',
    advice: 'Check that --url is the address of Elasticsearch, OpenSearch or the gatelog engine.',
    exitCode: 1,
  },
  GATELOG_STORE_URL_INVALID: {
    message: '"{url}" is not the address of a store: {reason}',
    advice: 'Write it as https://host:9200.',
    exitCode: 2,
  },
  GATELOG_STORE_CA_UNREADABLE: {
    message: 'cannot read the certificate authority {file}: {reason}',
    advice: 'Check --cacert or ELASTIC_CA_CERT: it must name a PEM file.',
    exitCode: 2,
  },
  GATELOG_STORE_CREDENTIALS_EXPOSED: {
    message: '{file} holds a password and can be read by others on this machine',
    advice: 'Run "chmod 600 {file}", and change the password if others may have read it.',
    exitCode: 1,
  },
  GATELOG_STORE_CREDENTIALS_INVALID: {
    message: 'cannot use the credentials in {file}: {reason}',
    advice: 'Remove the file and set ELASTIC_PASSWORD instead.',
    exitCode: 1,
  },
} as const;
