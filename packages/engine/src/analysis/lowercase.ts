/**
 * Lower case as Lucene's LowerCaseFilter makes it: character by character, so that a final sigma stays `σ` and `İ`
 * becomes a plain `i`, where JavaScript looks at the whole word.
 */
export function lowercase(text: string): string {
  const lower = text.toLowerCase();
  return needsCare(text) ? Array.from(text, lowercaseOne).join('') : lower;
}

function needsCare(text: string): boolean {
  return /[\u0130\u03a3]/.test(text);
}

function lowercaseOne(character: string): string {
  if (character === '\u0130') return 'i';
  return character === '\u03a3' ? '\u03c3' : character.toLowerCase();
}
