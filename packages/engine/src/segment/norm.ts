/**
 * A field's length as one byte: exact to 39, four significant bits beyond.
 * Lucene's SmallFloat.intToByte4 (org.apache.lucene.util.SmallFloat), so that scores come out as Lucene's.
 * @param length terms of the field in one document, 0 … 2^31 − 1
 */
export function lengthToNorm(length: number): number {
  return length < FREE_VALUES ? length : FREE_VALUES + toFloat4(length - FREE_VALUES);
}

/** The length a norm stands for: SmallFloat.byte4ToInt. */
export function normToLength(norm: number): number {
  return norm < FREE_VALUES ? norm : FREE_VALUES + fromFloat4(norm - FREE_VALUES);
}

/** 255 − longToInt4(2^31 − 1): values that need no exponent. */
const FREE_VALUES = 24;

function toFloat4(value: number): number {
  const bits = 32 - Math.clz32(value);
  if (bits < 4) return value;
  const shift = bits - 4;
  return ((value >>> shift) & 0x07) | ((shift + 1) << 3);
}

function fromFloat4(encoded: number): number {
  const mantissa = encoded & 0x07;
  const shift = (encoded >>> 3) - 1;
  return shift === -1 ? mantissa : (mantissa | 0x08) * 2 ** shift;
}
