import type { LocalEngine } from './local-engine.ts';

const RULE = '-'.repeat(97);

/** What the engine says of its security when it starts for the first time. The password is shown this once. */
export function securityBanner(engine: LocalEngine, password: string): string {
  const transport = engine.caFile
    ? 'TLS for the HTTP layer is enabled and configured.'
    : 'TLS for the HTTP layer is disabled (--insecure): the password crosses the network as it is.';
  const authority = engine.caFile ? `Its certificate is signed by the authority in\n${engine.caFile}\n\n` : '';
  return `${'-'.repeat(27)} Security autoconfiguration information ${'-'.repeat(30)}

Authentication and authorization are enabled.
${transport}

The generated password for the elastic built-in superuser is : ${password}

${authority}You can complete the following actions at any time:

Reset the password of the elastic built-in superuser with
'gatelog engine reset-password'.

${RULE}
`;
}
