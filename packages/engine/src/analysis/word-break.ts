// Unicode's annex 29 word boundaries as Lucene's StandardTokenizer reads them (its grammar is StandardTokenizerImpl.jflex):
// only what has a letter, a digit, an ideograph or an emoji is a word; ideographs and Hiragana stand alone.
// https://unicode.org/reports/tr29/#Word_Boundaries

const EXTEND = String.raw`[\p{M}\p{Cf}\p{Emoji_Modifier}]`;
/** A character and the marks that hang on it (rule WB4). */
const and = (characters: string): string => `(?:${characters}${EXTEND}*)`;

const IDEOGRAPH = and(String.raw`\p{Script=Han}`);
const HIRAGANA = and(String.raw`\p{Script=Hiragana}`);
const KATAKANA = and(String.raw`[\p{Script=Katakana}\u3031-\u3035\u309b\u309c\u30a0\u30fc\uff70]`);
/** Scripts without spaces, whose words need a dictionary: a run is one token. */
const COMPLEX = and(String.raw`[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]`);
const LETTER = and(
  String.raw`(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3031-\u3035\u309b\u309c\u30a0\u30fc\uff70\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Nd}\p{M}])[\p{Alphabetic}\u02c2-\u02c5\u02d2-\u02d7\u02de\u02df\u02ed\u02ef-\u02ff\u05f3]`,
);
const DIGIT = and(String.raw`[\p{Nd}\u066b]`);
const EXTENDER = and(String.raw`[_\u202f\u203f\u2040\u2054\ufe33\ufe34\ufe4d-\ufe4f\uff3f]`);
const BETWEEN_LETTERS = and(
  String.raw`[:\u00b7\u0387\u055f\u05f4\u2027\ufe13\ufe55\uff1a.\u2018\u2019\u2024\ufe52\uff07\uff0e']`,
);
const BETWEEN_DIGITS = and(
  String.raw`[,;\u037e\u0589\u060c\u060d\u066c\u07f8\u2044\ufe10\ufe14\ufe50\ufe54\uff0c\uff1b.\u2018\u2019\u2024\ufe52\uff07\uff0e']`,
);

/** Rule WB7b: a double quotation mark between Hebrew letters is a gershayim. */
const GERSHAYIM = String.raw`(?<=\p{Script=Hebrew}${EXTEND}*)"(?=\p{Script=Hebrew})`;
const LETTERS = `${LETTER}(?:(?:${EXTENDER}*|${BETWEEN_LETTERS}|${GERSHAYIM})${LETTER})*`;
const DIGITS = `${DIGIT}(?:(?:${EXTENDER}*|${BETWEEN_DIGITS})${DIGIT})*`;
const PART = `(?:${KATAKANA}(?:${EXTENDER}*${KATAKANA})*|(?:${LETTERS}|${DIGITS})+)`;
/** Marks on an emoji; the joiner is left to what joins two of them. */
const MARKS = String.raw`(?:(?!\u200d)${EXTEND})*`;
const PICTURE = String.raw`\p{Extended_Pictographic}${MARKS}`;
const EMOJI = String.raw`(?:\p{RI}\p{RI}|[#*0-9]\ufe0f?\u20e3|${PICTURE}(?:\u200d${PICTURE})*)`;

/** Matches one token after the other; global. */
export const WORD: RegExp = new RegExp(
  [EMOJI, `${EXTENDER}*${PART}(?:${EXTENDER}+${PART})*${EXTENDER}*`, `${COMPLEX}+`, IDEOGRAPH, HIRAGANA].join('|'),
  'gu',
);
