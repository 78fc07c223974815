/** Lets long work on the main thread give way to requests: `pause` waits a turn of the event loop once a slice of time is used up. */
export class Pacer {
  private readonly slice: number;
  private until: number;

  /** @param slice ms */
  constructor(slice = 8) {
    this.slice = slice;
    this.until = performance.now() + slice;
  }

  readonly pause = (): Promise<void> | undefined => {
    if (performance.now() < this.until) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        this.until = performance.now() + this.slice;
        resolve();
      });
    });
  };
}
