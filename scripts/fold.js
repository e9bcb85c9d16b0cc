// Words as search and filters compare them: cut and folded exactly as the build does it (src/fold.rs). A test compares
// both over all of Unicode.
//
// It needs nothing, neither on the page nor of other scripts.
var annalsText = (() => {
'use strict';
const TABLE = {
  "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i",
  "ς": "σ",
  "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ک": "ك", "ڪ": "ك",
  "ـ": "", "ʹ": "", "ʺ": "", "ʻ": "", "ʼ": "", "ʽ": "", "ʾ": "", "ʿ": "", "ˈ": "", "ˌ": "", "ː": "", "ꞌ": ""
};
const LONGEST = 32; // code points of a word; the rest is cut off
// In scripts without spaces between words, each letter is a word. Elsewhere a word is a run of letters, marks and
// numbers.
const ALONE = '(?!\\p{Nd})[\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}]';
const JOINED = `(?!\\p{Cf})(?:(?!${ALONE})[\\p{L}\\p{N}]|[\\p{M}\\p{Cf}])+`;
const PIECE = new RegExp(`(?=${ALONE})[\\p{L}\\p{N}][\\p{M}\\p{Cf}]*|${JOINED}`, 'gu');
const ARABIC = /^[\u0621-\u065f\u0670\u0671\p{Cf}]+$/u;
const table = new Map(Object.entries(TABLE));

/** Returns the value of a decimal digit (Nd) of any script: the ten digits of a script are contiguous. */
const digit = (letter) => {
  const code = letter.codePointAt(0);
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return value;
};
/** Returns a text without marks, invisible characters and capitals, with ASCII digits, and with one letter for those
 *  that readers type for each other: NFKD and TABLE. */
const fold = (text) => {
  const bare = text.normalize('NFKD').replace(/[\p{M}\p{Cf}]/gu, '').toLowerCase();
  const plain = bare.replace(/[^\0-\x7f]/gu, (letter) => table.get(letter) ?? letter);
  return plain.replace(/(?!\d)\p{Nd}/gu, digit);
};

const cut = (word) => (word.length > LONGEST ? [...word].slice(0, LONGEST).join('') : word);

/** Returns the forms of a folded Arabic word without the particles that it may begin with: without "and" or "so", then
 *  also without "in", "like" or "for", then also without the article. */
const withoutParticles = (word) => {
  const forms = [];
  let rest = word;
  for (const particle of [/^[وف](?=...)/, /^لل(?=..)|^[بكل](?=...)/, /^ال(?=..)(?!له$)/]) {
    const [begin] = particle.exec(rest) ?? [''];
    if (!begin) continue;
    rest = rest.slice(begin.length);
    forms.push(rest);
    if (begin[1] === 'ل') break; // the article is gone
  }
  return forms;
};

/** Returns the folded words of a text, each with its other forms and its position in UTF-16 code units. */
const tokens = (text) => {
  const found = [];
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    const words = (part) => [...fold(part).matchAll(PIECE)].map(([word]) => cut(word));
    const parts = piece.split('\u200c');
    const further = parts[1] === undefined ? [] : parts.filter((part) => fold(part)[1]).flatMap(words);
    const isArabic = ARABIC.test(piece);
    for (const word of words(piece)) {
      const forms = isArabic ? withoutParticles(word) : [];
      found.push({ word, forms, start: index, end: index + piece.length });
    }
    found.at(-1)?.forms.push(...further);
  }
  return found;
};

/** Returns a text with straight quotation marks in place of typographic ones. */
const straight = (text) => text.replace(/[“”„‟«»‹›「」『』〝〞〟＂❝❞]/g, '"');

return { fold, tokens, straight };
})();
