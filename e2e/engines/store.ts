/** A store that is running: the embedded engine or a real one. All speak TLS and ask for a password. */
export interface Store {
  readonly name: string;
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** PEM of the authority that signed its certificate. */
  readonly caFile: string;
  readonly pid: number;
  readonly close: () => Promise<void>;
}
