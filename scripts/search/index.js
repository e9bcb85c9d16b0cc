// The search index in search/: its files are loaded by script tags, when a query needs them, and decoded.
// ARCHITECTURE.md ("Search") describes them.
//
// On the page it needs nothing.
var annalsIndex = (() => {
'use strict';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const arrived = new Map(); // by file: what it holds
const requested = new Map(); // by file: a promise of that, decoded
globalThis.annalsSearch = (family, number, value) => arrived.set(family + number, value);

/** Returns a promise of the value of a file, decoded; the file is loaded once. */
function file(family, number, decode = (value) => value) {
  const name = family + number;
  if (!requested.has(name)) {
    const promise = annals.load(`search/${family}-${number}.js`).then(() => {
      if (!arrived.has(name)) throw name;
      return decode(arrived.get(name));
    });
    requested.set(name, promise);
    promise.catch(() => requested.delete(name)); // so that it can be tried again
  }
  return requested.get(name);
}

/** Returns the numbers in a text (src/search/code.rs): a letter is five bits, the lowest first; all letters but the
 *  last of a number have 32 added. */
const numbers = (text) => (text.match(/[g-z0-9+/]*[A-Za-f]/g) ?? []).map(numberOf);
const addBits = (number, letter) => number * 32 + (LETTERS.indexOf(letter) % 32);
const numberOf = (letters) => [...letters].reduceRight(addBits, 0);

/** How many of a sorted list come before `word` or are it. */
const upTo = (sorted, word) => sorted.filter((other) => other <= word).length;

/** Returns the manifest, decoded. `shardOf` gives the number of the file of terms for a word. */
const manifest = () => file('manifest', 0, (index) => ({
  ...index,
  sizes: numbers(index.sizes),
  facets: facetsOf(index),
  shardOf: (word) => Math.max(0, upTo(index.first, word) - 1),
}));

/** Decodes the kind of each page, and the days of those that are events, in the order of the pages' numbers. `Facets`
 *  in src/search/shards.rs describes the code. */
function facetsOf({ facets, certain, start, kinds, events, documents }) {
  const codes = numbers(facets).values();
  const steps = numbers(certain).values();
  const next = (iterator) => iterator.next().value;
  let day = start;
  return Array.from({ length: documents }, (_, page) => {
    const kind = kinds[next(codes)];
    if (page >= events) return { kind };
    const code = next(codes);
    const days = code % 2 ? next(codes) : 4;
    day += Math.floor(code / 2);
    /** @type {any} */
    const event = {
      kind,
      earliest: days % 2 ? -Infinity : day,
      latest: days > 3 ? day + Math.floor(days / 4) - 1 : Infinity,
      isDoubtful: days % 4 > 1,
      certain: [],
    };
    const count = code % 2 === 0 ? 1 : event.isDoubtful ? 0 : next(steps);
    if (count === 1) event.certain = [[event.earliest, event.latest]];
    for (let [left, last] = [count, day]; left > 1; left--) {
      const first = last + next(steps);
      event.certain.push([first, last = first + next(steps)]);
    }
    return event;
  });
}

/** Returns the words of a file of terms, sorted, and for each its pages as letters, which `numbers` reads. */
const terms = (shard) => file('terms', shard, (text) => {
  const rows = text.split(',').map((row) => row.split(' '));
  let last = '';
  const wordOf = ([entry]) => (last = last.slice(0, LETTERS.indexOf(entry[0])) + entry.slice(1));
  return { words: rows.map(wordOf), lists: rows.map(([, list = '']) => list) };
});

return { file, manifest, numbers, terms, upTo };
})();
