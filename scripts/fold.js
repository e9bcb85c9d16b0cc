// Words as search and filters compare them: cut and folded exactly as the build does it (src/search/fold.rs), which a
// test proves.
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
const LONGEST = 32; // letters of a word
// In scripts without spaces between words, each letter is a word. Elsewhere a word is a run of letters, marks and
// numbers.
const ALONE = '(?!\\p{Nd})[\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}]';
const JOINED = `(?!\\p{Cf})(?:(?!${ALONE})[\\p{L}\\p{N}]|[\\p{M}\\p{Cf}])+`;
const PIECE = new RegExp(`(?=${ALONE})[\\p{L}\\p{N}][\\p{M}\\p{Cf}]*|${JOINED}`, 'gu');
const ARABIC = /^[\u0621-\u065f\u0670\u0671\p{Cf}]+$/u;
const table = new Map(Object.entries(TABLE));

/** The value of a digit: the ten digits of a script are contiguous. */
const digit = (letter) => {
  const code = letter.codePointAt(0);
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return value;
};
/** Without marks and capitals, and with one letter where people write several. */
const fold = (text) => {
  const bare = text.normalize('NFKD').replace(/[\p{M}\p{Cf}]/gu, '').toLowerCase();
  const plain = bare.replace(/[^\0-\x7f]/gu, (letter) => table.get(letter) ?? letter);
  return plain.replace(/(?!\d)\p{Nd}/gu, digit);
};

const cut = (word) => (word.length > LONGEST ? [...word].slice(0, LONGEST).join('') : word);

/** The forms of an Arabic word without each of the particles that it may begin with. */
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

/** The folded words of a text, each with its further forms and its position in the text. */
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

/** With quotation marks of one kind. */
const straight = (text) => text.replace(/[“”„‟«»‹›「」『』〝〞〟＂❝❞]/g, '"');

return { fold, tokens, straight };
})();
