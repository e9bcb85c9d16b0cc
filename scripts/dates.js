// Dates as readers type them: the same answers for filters and search.
//
// It needs fold.js and days.js; on the page the element `_dates` with the words of the language in `data-…`, without
// which only figures are read; and for each field of a period an element for its error message, whose id is the field's
// with `-wrong`. Without this script there are no filters and no search.
var annalsDates = (() => {
'use strict';
const { one } = annals;
const { fold, tokens } = annalsText;
const { dateOf, monthOf, firstDay } = annalsDays;
const messages = one('#_dates')?.dataset;
// Each word of the language has a code (src/search/typed.rs). As in EDTF, 1 to 12 are months, and 21 to 41 other parts
// of a year. 0 is for words without meaning in a date, such as "of", and -1 for words before the number of a document,
// such as "resolution".
const parts = new Map(); // by code: its first month (January is 0), its number of months, and its words
const codes = new Map(); // by word
for (const row of messages?.typed.split(';') ?? []) {
  const [code, first, months, ...words] = row.split(',');
  parts.set(Number(code), [Number(first), Number(months), words]);
  for (const word of words) if (!codes.has(word)) codes.set(word, Number(code));
}

/** Returns the first and last day of a year, of the part with a code, or of a day of that month, as days.js does. */
const daysOf = (year, code, day) => annalsDays.daysOf(year, code ? parts.get(Number(code)) ?? [] : [0, 12], day);

/** Returns a text folded (fold.js), with a hyphen for every dash and minus sign. */
const plain = (text) => fold(text).replace(/[\p{Pd}−]/gu, '-').trim();

const YEAR_FIRST = [
  /^([+-]?\d{3,6})([-/.])(\d\d?)(?:\2(\d\d?))?$/, // 2017-11-22
  /^(\d{4})()(\d\d)(\d\d)$/, // 20171122
  /^([+-]?\d{1,6})$/, // 2017
];
const YEAR_LAST = /^(?:(\d\d?)([-/.]))?(\d\d?)[-/.](\d{3,6})$/; // 22.11.2017, 11.2017

/** Returns the readings of a date in digits, each as its first and last day: none, one, or two if day and month could
 *  be exchanged. */
const figures = (text) => {
  const bare = text.replace(/^(\d{4}-\d\d-\d\d)t.*/, '$1').replace(/[?~%]+$|(-xx)+$/g, '');
  if (/^\d+x+$/.test(bare) && bare[3] && !bare[4]) {
    const [first, last] = ['0', '9'].map((digit) => daysOf(bare.replaceAll('x', digit))[0]);
    return [[first[0], last[1]]];
  }
  const [, year, , code, day] = YEAR_FIRST.map((form) => form.exec(bare)).find(Boolean) ?? [];
  if (year) return daysOf(year, code, day);
  const [, left, sign, right, lastYear] = YEAR_LAST.exec(bare) ?? [];
  if (!lastYear) return [];
  const days = daysOf(lastYear, right, left);
  // Only dots are certain to come after the day: with slashes and hyphens, some countries begin with the month.
  return sign === '.' || !left || left === right ? days : [...days, ...daysOf(lastYear, left, right)];
};

/** Returns the pieces of a text that may be part of a date, in order, with their positions. Types: D a date in digits,
 *  Y a year, N a number or two joined by a dash, M a part of a year, W another word. */
const piecesOf = (text) => {
  /** @type {any[]} */
  const pieces = [];
  for (const { 0: chunk, index } of text.matchAll(/[^\s,،、]+/g)) {
    const bare = plain(chunk).replace(/^\(|[).!?:;؟]+$/g, '');
    const [start, end] = [index, index + chunk.length];
    const [, number, last] = /^(\d\d?)(?:-(\d\d?))?\p{L}{0,3}$/u.exec(bare) ?? [];
    if (number) pieces.push({ type: 'N', number, last, start, end });
    else if (/^[+-]?\d{3,6}$/.test(bare)) pieces.push({ type: 'Y', number: bare, start, end });
    else if (figures(bare)[0]) pieces.push({ type: 'D', dates: figures(bare), start, end });
    else pieces.push(...tokens(chunk).filter(({ word }) => codes.get(word) !== 0).map((token) => (
      { type: 'W', word: token.word, start: index + token.start, end: index + token.end }
    )));
  }
  // The name of a part of a year has up to three words: "first quarter".
  for (let at = 0; at < pieces.length; at++) {
    for (const length of [3, 2, 1]) {
      const name = pieces.slice(at, at + length);
      const code = codes.get(name.map(({ word }) => word).join(' '));
      if (code > 0) pieces.splice(at, length, { type: 'M', code, start: name[0].start, end: name.at(-1).end });
    }
  }
  return pieces;
};

/** Finds the dates in a text: their readings, their positions, whether there is nothing else in the text (`isAll`), and
 *  whether it is a year alone (`isYear`). */
const find = (text) => {
  const pieces = piecesOf(text);
  const types = pieces.map(({ type }) => type).join('');
  return [...types.matchAll(/D|NMY|MNY|MY|YMN?|Y/g)].flatMap(({ 0: match, index }) => {
    const here = pieces.slice(index, index + match.length);
    const of = (type) => here[match.indexOf(type)] ?? {};
    const [{ number: year }, { code }, { number, last = number }] = ['Y', 'M', 'N'].map(of);
    const [[from], [to]] = [number, last].map((day) => daysOf(year, code, day));
    const dates = here[0].dates ?? (from && to ? [[from[0], to[1]]] : []);
    if (!dates[0]) return [];
    return [{ dates, start: here[0].start, end: here.at(-1).end, isAll: match === types, isYear: match === 'Y' }];
  });
};

/** Returns the readings of a text that is a date and nothing else; none for any other text. */
const read = (text) => {
  const dates = figures(plain(text));
  const [date] = dates[0] ? [] : find(text);
  return date?.isAll ? date.dates : dates;
};

const POSSIBLE_ENDS = ['1', '01', '-01', '1-01', '1.2001', '.2001', '2001', ' 2001'];
/** Whether a text can become a date, or another date, if the reader goes on typing. */
const isHalf = (text) => {
  const typed = plain(text);
  if (read(text)[0]) return /^[+-]?(\d{1,3}|\d{5,7})$|\D(\d|\d{3})$/.test(typed);
  const word = /\p{L}+$/u.exec(typed)?.[0];
  return POSSIBLE_ENDS.some((end) => read(typed + end)[0])
    || (word && [...codes.keys()].some((name) => ` ${name}`.includes(` ${word}`)));
};

// The two fields of a period

const lastRead = new Map(); // by field: the day that it meant when it was last read
const isoDate = (day) => dateOf(day).toISOString().slice(0, -14);

/** Returns the first and last day of the period in two fields; infinite where a field has no single date, and at both
 *  ends of a reversed period. What is wrong appears beside the fields. While `isTyping`, a half-typed field keeps the
 *  day that it had. */
const period = (from, to, isTyping) => {
  const wrong = [from, to].map((field, side) => {
    const text = field.value.trim();
    if (isTyping && field === document.activeElement && isHalf(text)) return '';
    const dates = read(text);
    lastRead.set(field, dates[1] ? undefined : dates[0]?.[side]);
    if (dates[1]) return messages.two.replace('%1', text).replace('%2', dates.map(([day]) => isoDate(day)).join(', '));
    return text && !dates[0] ? messages.wrong.replace('%1', text) : '';
  });
  const [start, end] = [lastRead.get(from) ?? -Infinity, lastRead.get(to) ?? Infinity];
  const isReversed = start > end;
  if (isReversed) wrong[1] ||= messages.reversed;
  [from, to].forEach((field, side) => {
    const place = one(`#${field.id}-wrong`);
    field.setAttribute('aria-invalid', `${Boolean(isReversed || wrong[side])}`);
    if (place.textContent !== wrong[side]) place.textContent = wrong[side];
  });
  return isReversed ? [-Infinity, Infinity] : [start, end];
};

/** Returns the words for a day or a month as texts have them (day, month, year); none for other spans. */
const wordsOf = ([first, last]) => {
  const month = monthOf(first);
  const words = [...parts.get(month % 12 + 1)[2][0].split(' '), `${Math.floor(month / 12)}`];
  if (first === last) return [`${first - firstDay(month) + 1}`, ...words];
  return firstDay(month) === first && firstDay(month + 1) - 1 === last ? words : [];
};

return { find, isDesignator: (word) => codes.get(word) === -1, period, plain, read, wordsOf };
})();
