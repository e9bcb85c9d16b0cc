// Words as search and filters know them: cut and folded as the build does it (src/outputs/search/fold.rs), which a test proves.
var annalsText = (() => {
'use strict';
const TABLE = {
  "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i",
  "ς": "σ",
  "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ک": "ك", "ڪ": "ك",
  "ـ": "", "ʹ": "", "ʺ": "", "ʻ": "", "ʼ": "", "ʽ": "", "ʾ": "", "ʿ": "", "ˈ": "", "ˌ": "", "ː": "", "ꞌ": "",
  "٠": "0", "١": "1", "٢": "2", "٣": "3", "٤": "4", "٥": "5", "٦": "6", "٧": "7", "٨": "8", "٩": "9",
  "۰": "0", "۱": "1", "۲": "2", "۳": "3", "۴": "4", "۵": "5", "۶": "6", "۷": "7", "۸": "8", "۹": "9"
};
const LONGEST = 32;
// Scripts without spaces between words: each letter is a word. Else a word is a run of letters, marks and numbers.
const ALONE = '[\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}]';
const PIECE = new RegExp(`(?=${ALONE})[\\p{L}\\p{N}]\\p{M}*|(?:(?!${ALONE})[\\p{L}\\p{N}]|\\p{M})+`, 'gu');
const table = new Map(Object.entries(TABLE));

const fold = (text) =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\0-\x7f]/gu, (letter) => table.get(letter) ?? letter);

/** The folded words of a text, each with where it stands in it. */
const tokens = (text) => {
  const found = [];
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    for (const [word] of fold(piece).matchAll(PIECE)) {
      found.push({ word: word.length > LONGEST ? [...word].slice(0, LONGEST).join('') : word, start: index, end: index + piece.length });
    }
  }
  return found;
};

return { fold, tokens };
})();
