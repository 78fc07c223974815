import type { Server as SecureServer } from 'node:https';
import { hostname } from 'node:os';
import type { Engine } from '../index/engine.ts';
import { Authenticator } from '../security/authenticator.ts';
import { fingerprintOf } from '../security/certificate-maker.ts';
import { openCertificates, secureContext, type Certificates } from '../security/certificates.ts';
import { checkPassword, generatePassword, hashPassword } from '../security/password.ts';
import { makePrivateFolder } from '../security/private-file.ts';
import { resetPassword } from '../security/reset-password.ts';
import { readUsers, writeUsers } from '../security/user-file.ts';
import { closeServer, listen } from './listen.ts';
import type { Node } from './route.ts';
import { ROUTES } from './routes.ts';
import { createRestServer, type Logger } from './server.ts';

export interface StartServerOptions {
  readonly data: string;
  /** @default 127.0.0.1 */
  readonly host?: string;
  /** 0: any free one. @default 9200 */
  readonly port?: number;
  /** Plain HTTP, still with a password. @default false */
  readonly insecure?: boolean;
  /** For `elastic`, at the first start only: later ones go by what is stored. @default one is made */
  readonly password?: string;
  /** Shown by `GET /`. @default the host's name */
  readonly nodeName?: string;
  /** Hears of internal errors and renewed certificates. @default nothing */
  readonly logger?: Logger;
  /** Bytes that the bodies of all requests may take together. @default 256 MB */
  readonly bodyMemory?: number;
}

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** PEM of the authority to trust; none with plain HTTP. */
  readonly caFile?: string;
  /** SHA-256 of that authority, lower-case hexadecimal. */
  readonly caFingerprint?: string;
  /** Only when it was made by this start: it is nowhere to be read again. */
  readonly password?: string;
  /** Gives `elastic` a new password, made if none is given; the old one is refused from then on. */
  resetPassword(password?: string): Promise<string>;
  close(): Promise<void>;
}

const DAY = 86_400_000;

/**
 * Certificates, password, server, in this order. The password is stored last: a start that fails or is killed before it could tell
 * the password has not used it up, and the next one makes another.
 * @throws Error with a code: those of `listen`, EngineError.
 */
export async function startServer(engine: Engine, options: StartServerOptions): Promise<RunningServer> {
  const { data, host = '127.0.0.1', port = 9200, logger = () => undefined } = options;
  if (options.password !== undefined) checkPassword(options.password);
  await makePrivateFolder(data);
  const users = await readUsers(data);
  const certificates = options.insecure === true ? undefined : await openCertificates({ data, host });
  const authenticator = new Authenticator({ data });
  const node = { engine, name: options.nodeName ?? hostname(), address: '' };
  const server = createRestServer({
    node,
    routes: ROUTES,
    authenticator,
    secure: certificates && secureContext(certificates),
    logger,
    bodyMemory: options.bodyMemory ?? 256 * 1024 * 1024,
  });
  const listening = await listen(server, host, port);
  node.address = `${host.includes(':') ? `[${host}]` : host}:${listening}`;
  const renewal = certificates && renewDaily(server as SecureServer, { data, host }, certificates, logger);
  const close = async (): Promise<void> => {
    clearInterval(renewal);
    await closeServer(server);
  };
  try {
    const password = users === undefined ? await firstPassword(data, options.password) : undefined;
    return {
      url: urlOf(node, host, certificates !== undefined),
      port: listening,
      ...(certificates && { caFile: certificates.caFile, caFingerprint: fingerprintOf(certificates.ca) }),
      ...(password !== undefined && { password }),
      resetPassword: async (given) => {
        const changed = await resetPassword({ data, ...(given !== undefined && { password: given }) });
        authenticator.forget();
        return changed;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The password that was made, or undefined when the user gave one and knows it. */
async function firstPassword(data: string, given: string | undefined): Promise<string | undefined> {
  const password = given ?? generatePassword();
  await writeUsers(data, { elastic: await hashPassword(password) });
  return given === undefined ? password : undefined;
}

/** `localhost` is in the certificate and what people type; another host is told as it was given. */
function urlOf(node: Node, host: string, secure: boolean): string {
  const port = node.address.slice(node.address.lastIndexOf(':'));
  const local = host === '127.0.0.1' || host === '0.0.0.0' || host === '::' || host === '::1';
  return `${secure ? 'https' : 'http'}://${local ? `localhost${port}` : node.address}`;
}

/** An engine may run for longer than its certificate: a new one is taken into use without a restart. */
function renewDaily(
  server: SecureServer,
  options: { readonly data: string; readonly host: string },
  first: Certificates,
  logger: Logger,
): NodeJS.Timeout {
  let current = first;
  const renew = async (): Promise<void> => {
    const found = await openCertificates(options);
    if (found.server.certificate === current.server.certificate) return;
    server.setSecureContext(secureContext(found));
    logger('info', `renewed the certificate in ${options.data}/certs`);
    current = found;
  };
  return setInterval(() => {
    renew().catch((error: unknown) => logger('error', 'cannot renew the certificate', error));
  }, DAY).unref();
}
