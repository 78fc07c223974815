// Unicode's annex 29 word boundaries as Lucene's StandardTokenizer reads them (its grammar is StandardTokenizerImpl.jflex):
// only what has a letter, a digit, an ideograph or an emoji is a word; ideographs and Hiragana stand alone.
// https://unicode.org/reports/tr29/#Word_Boundaries

/** Marks and format characters, but not the zero-width space. */
const EXTEND = String.raw`(?:(?!\u200b)[\p{M}\p{Cf}\p{Emoji_Modifier}\uff9e\uff9f])`;
/** A character and the marks that hang on it (rule WB4). */
const and = (characters: string): string => `(?:${characters}${EXTEND}*)`;

/** 々 and 〻 repeat the ideograph before; the rules count them among the letters. */
const IDEOGRAPH = and(String.raw`(?![\u3005\u303b])\p{Script=Han}`);
const HIRAGANA = and(String.raw`\p{Script=Hiragana}`);
const KATAKANA = and(String.raw`[\p{Script=Katakana}\u3031-\u3035\u309b\u309c\u30a0\u30fc\uff70]`);
/** Scripts without spaces, whose words need a dictionary: a run is one token. */
const COMPLEX = and(String.raw`[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]`);
const NO_LETTER = String.raw`[\p{Script=Hiragana}\p{Script=Katakana}\u3031-\u3035\u309b\u309c\u30a0\u30fc\uff70\uff9e\uff9f\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Nd}\p{M}]`;
/** What is alphabetic and nothing of the above, with the signs that annex 29 adds. */
const LETTER = and(
  String.raw`(?:(?!${NO_LETTER}|(?![\u3005\u303b])\p{Script=Han})[\p{Alphabetic}\u02c2-\u02c5\u02d2-\u02d7\u02de\u02df\u02ed\u02ef-\u02ff\u055b\u055c\u055e\u058a\u05f3\u303b])`,
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
/** Behind the sign that asks for colours nothing but a joiner goes on. */
const PICTURE = String.raw`\p{Extended_Pictographic}(?:\ufe0f\u200d?|${EXTEND}*)`;
/** A family is pictures with joiners between. A key such as 1️⃣ is a digit with marks, and needs no rule. */
const EMOJI = String.raw`(?:\p{RI}\p{RI}${EXTEND}*|[#*]\ufe0f?\u20e3${EXTEND}*|\u200d*${PICTURE}(?:(?<=\u200d)${PICTURE})*)`;
const LONE_MODIFIER = and(String.raw`\p{Emoji_Modifier}`);

/** Matches one token after the other; global. */
export const WORD: RegExp = new RegExp(
  [
    EMOJI,
    `${EXTENDER}*${PART}(?:${EXTENDER}+${PART})*${EXTENDER}*`,
    `${COMPLEX}+`,
    IDEOGRAPH,
    HIRAGANA,
    LONE_MODIFIER,
  ].join('|'),
  'gu',
);
