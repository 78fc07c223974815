/** One term of a text and where it stands. */
export interface Token {
  readonly term: string;
  readonly position: number;
  /** UTF-16 offsets into the text. */
  readonly start: number;
  readonly end: number;
}
