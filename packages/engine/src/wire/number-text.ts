/** A double as Java's Double.toString writes it, which is what Elasticsearch puts into JSON. */
export function doubleText(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  const magnitude = Math.abs(value);
  if (magnitude === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  if (magnitude >= 1e-3 && magnitude < 1e7) return withFraction(String(value));
  const [digits, exponent] = value.toExponential().split('e') as [string, string];
  return `${withFraction(digits)}E${Number(exponent)}`;
}

/** A float32 as Java's Float.toString writes it: the fewest digits that read back as the same float32. */
export function floatText(value: number): string {
  const float = Math.fround(value);
  if (Number.isInteger(float) || !Number.isFinite(float)) return doubleText(float);
  for (let digits = 1; digits < 9; digits++) {
    const text = Number(float.toPrecision(digits));
    if (Math.fround(text) === float) return doubleText(text);
  }
  return doubleText(Number(float.toPrecision(9)));
}

function withFraction(text: string): string {
  return text.includes('.') ? text : `${text}.0`;
}
