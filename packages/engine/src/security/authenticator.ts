import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { basicCredentials, type Credentials } from './basic-credentials.ts';
import { FailureDelay } from './failure-delay.ts';
import { NOBODY, verifyPassword } from './password.ts';
import {
  invalidEncoding,
  missingCredentials,
  tooManyAttempts,
  unsupportedCredentials,
  wrongCredentials,
} from './refusal.ts';
import { readUsers, userFileStamp } from './user-file.ts';

export interface AuthenticationRequest {
  readonly authorization: string | undefined;
  readonly address: string;
  /** As the error names it: the path with its query. */
  readonly uri: string;
}

export interface AuthenticatorOptions {
  readonly data: string;
  /** Replaced in tests, to count. */
  readonly verify?: typeof verifyPassword;
}

const CACHE_SIZE = 1_000;
const MOST_WAITING = 64;
const STAMP_INTERVAL = 1_000;

/**
 * Says who is asking. A password is checked with scrypt once; after that its header is recognised by a keyed hash, in microseconds.
 * The key lives as long as the process, so that a memory dump gives no header away that could be tried elsewhere.
 */
export class Authenticator {
  private readonly data: string;
  private readonly verify: typeof verifyPassword;
  private readonly key = randomBytes(32);
  private readonly known = new Map<string, string>();
  private readonly pending = new Map<string, Promise<string | undefined>>();
  private readonly delays = new FailureDelay();
  private queue: Promise<unknown> = Promise.resolve();
  private stamp = '';
  private stampedAt = 0;

  constructor(options: AuthenticatorOptions) {
    this.data = options.data;
    this.verify = options.verify ?? verifyPassword;
  }

  /** The user's name. @throws ElasticError 401 in Elasticsearch's words; 429 when too many passwords wait to be checked. */
  async authenticate(request: AuthenticationRequest): Promise<string> {
    const fingerprint = createHmac('sha256', this.key)
      .update(request.authorization ?? '')
      .digest('base64');
    this.forgetIfChanged(performance.now(), false);
    return this.known.get(fingerprint) ?? (await this.check(request, fingerprint));
  }

  /** Forgets every verified credential: the passwords were changed. */
  forget(): void {
    this.known.clear();
    this.stamp = userFileStamp(this.data);
  }

  private async check(request: AuthenticationRequest, fingerprint: string): Promise<string> {
    const credentials = basicCredentials(request.authorization);
    if (credentials === 'missing') throw missingCredentials(request.uri);
    if (credentials === 'malformed') throw invalidEncoding();
    if (credentials === 'unsupported') throw unsupportedCredentials();
    const wait = this.delays.of(request.address, Date.now());
    if (wait > 0) await delay(wait);
    this.forgetIfChanged(performance.now(), true);
    const user = await this.verifyOnce(credentials, fingerprint);
    if (user !== undefined) {
      this.delays.succeeded(request.address);
      return user;
    }
    this.delays.failed(request.address, Date.now());
    throw wrongCredentials(credentials.user, request.uri);
  }

  /** Requests that come together with the same credential share one check. */
  private verifyOnce(credentials: Credentials, fingerprint: string): Promise<string | undefined> {
    const running = this.pending.get(fingerprint);
    if (running !== undefined) return running;
    if (this.pending.size >= MOST_WAITING) throw tooManyAttempts();
    // One at a time: scrypt takes 32 MB and a thread of the pool that the disk needs as well.
    const verification = this.queue.then(() => this.verifyNow(credentials, fingerprint));
    this.queue = verification.catch(() => undefined);
    this.pending.set(fingerprint, verification);
    return verification.finally(() => this.pending.delete(fingerprint));
  }

  private async verifyNow({ user, password }: Credentials, fingerprint: string): Promise<string | undefined> {
    const stamp = userFileStamp(this.data);
    const stored = (await readUsers(this.data))?.[user];
    const right = await this.verify(password, stored ?? NOBODY);
    if (!right || stored === undefined) return undefined;
    // A password that was changed while it was being checked is not remembered.
    if (stamp === userFileStamp(this.data)) this.remember(fingerprint, user);
    return user;
  }

  private remember(fingerprint: string, user: string): void {
    this.known.set(fingerprint, user);
    if (this.known.size > CACHE_SIZE) this.known.delete(this.known.keys().next().value!);
  }

  /** Another process may reset the password: looked at with every unknown credential, and once a second with known ones. */
  private forgetIfChanged(now: number, always: boolean): void {
    if (!always && now - this.stampedAt < STAMP_INTERVAL) return;
    this.stampedAt = now;
    const stamp = userFileStamp(this.data);
    if (stamp === this.stamp) return;
    this.stamp = stamp;
    this.known.clear();
  }
}
