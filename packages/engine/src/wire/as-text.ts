/**
 * A value out of JSON as text, for messages and wherever a string is meant. Unlike `String`, it does not fail on an object that has
 * a field named `toString`.
 */
export function asText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** A value out of JSON as a number; NaN for an object. */
export function asNumber(value: unknown): number {
  return typeof value === 'object' && value !== null ? Number.NaN : Number(value);
}
