import { ElasticError } from '../errors.ts';

// Only what works here is offered: Elasticsearch would name Bearer and ApiKey as well.
const CHALLENGE = { 'WWW-Authenticate': 'Basic realm="security", charset="UTF-8"' };

export function missingCredentials(uri: string): ElasticError {
  return refuse(`missing authentication credentials for REST request [${uri}]`);
}

export function wrongCredentials(user: string, uri: string): ElasticError {
  return refuse(`unable to authenticate user [${user}] for REST request [${uri}]`);
}

export function invalidEncoding(): ElasticError {
  return refuse('invalid basic authentication header encoding');
}

/** API keys and tokens. */
export function unsupportedCredentials(): ElasticError {
  return refuse(
    'unable to authenticate with provided credentials and anonymous access is not allowed for this request',
    { additional_unsuccessful_credentials: 'API keys and tokens are not supported by the embedded engine' },
  );
}

export function tooManyAttempts(): ElasticError {
  return new ElasticError(
    429,
    'es_rejected_execution_exception',
    'too many passwords are waiting to be checked, try again',
  );
}

function refuse(reason: string, details: Readonly<Record<string, unknown>> = {}): ElasticError {
  return new ElasticError(401, 'security_exception', reason, { details: { ...details, header: CHALLENGE } });
}
