// Ranks the pages that answer a query, by the index alone.
//
// It needs index.js, query.js and days.js. On the page it needs nothing.
var annalsRanking = (() => {
'use strict';
const { manifest, numbers, terms, upTo } = annalsIndex;
const { within } = annalsDays;
const BUDGET = 105; // KiB of files of terms; beyond it, no more are loaded for the beginning of a word
const SURE = 1e8; // score of a date or a document in the query: more than titles
const TITLE = 200; // what a word in the title adds to the worth of a page
const OPEN = 0.5; // factor of words that only begin with the word of the query

/** The words of the index to look for, with what each counts. Further forms of words have an asterisk. */
function entriesOf({ words: [word], forms, isExact }) {
  if (isExact || /^[\0-\x7f]+$/.test(word)) return [[word, 1]];
  return [[word, 1], [`${word}*`, 0.5], ...(forms ?? []).flatMap((form) => [[form, 0.5], [`${form}*`, 0.5]])];
}

/** Returns what each page is worth for a word, by its number: 0 if it lacks the word, else 1 to 8 and in the title 200
 *  more. Other forms and words that only begin so count for half. */
async function worthOf(index, group, budget) {
  const [word] = group.words;
  const worth = new Float32Array(index.documents);
  const add = (list, factor) => {
    let page = -1;
    for (const code of numbers(list)) {
      page += Math.floor(code / 16) + 1;
      worth[page] = Math.max(worth[page], ((code % 8) + (code % 16 > 7 ? TITLE + 1 : 1)) * factor);
    }
  };
  let isThere = false;
  for (const [entry, factor] of entriesOf(group)) {
    const { words, lists } = await terms(index.shardOf(entry));
    const at = words.indexOf(entry);
    if (at >= 0) add(lists[at], factor);
    isThere ||= at >= 0;
  }
  // A word that is nowhere may be the beginning of one.
  group.isOpen ||= !isThere && !group.isExact;
  if (!group.isOpen || !word[1]) return worth;
  const end = `${word}\uffff`;
  const shard = index.shardOf(word);
  for (let number = shard; number <= index.shardOf(end); number++) {
    budget.cut ||= number > shard && (budget.spent += index.sizes[number]) > BUDGET;
    if (budget.cut) break;
    const { words, lists } = await terms(number);
    for (let at = upTo(words, word); words[at] < end; at++) add(lists[at], OPEN);
  }
  return worth;
}

/** Returns what each page is worth for a date or a document: SURE and more for events of that time and for the document
 *  itself, less for pages that only have the words. */
async function worthOfNamed(index, { dates = [], document = '', all: words, isOpen }, budget) {
  const of = (word, mayGoOn = false) => worthOf(index, { words: [word], isExact: true, isOpen: mayGoOn }, budget);
  const worth = new Float64Array(index.documents).fill(words[0] ? 1 : 0);
  for (const word of words) (await of(word)).forEach((value, page) => { worth[page] &&= value && 1; });
  if (document) {
    let has = await of(document, isOpen);
    // If no page has the symbol of a resolution, its number may find it.
    const [, number] = /\bres\/(\d+)$/.exec(document) ?? [];
    if (number && !has.some(Boolean)) has = await of(number);
    has.forEach((value, page) => { worth[page] = value > TITLE ? SURE + value : Math.max(worth[page], value); });
  }
  for (const [first, last] of dates) {
    index.facets.forEach((event, page) => {
      const certainty = within(event, first, last);
      const isWhole = Number(event.earliest >= first && event.latest <= last);
      // A year alone may be another number, so events that are only possibly in it do not count.
      if (certainty > 1 || (certainty && !document)) worth[page] = Math.max(worth[page], SURE * (certainty + isWhole));
    });
  }
  return worth;
}

/** Loads the files of terms that the groups certainly need. Returns the budget: how many KiB these are (`spent`), and
 *  whether files for words that only begin so were left out (`cut`), which `worthOf` updates. */
async function budgetFor(index, groups) {
  const entries = groups.flatMap((group) =>
    group.all?.concat(group.document ?? []).map((word) => [word]) ?? entriesOf(group));
  const shards = [...new Set(entries.map(([word]) => index.shardOf(word)))];
  await Promise.all(shards.map(terms));
  return { spent: shards.reduce((sum, shard) => sum + index.sizes[shard], 0), cut: false };
}

/** Finds the pages that may answer a query, are of the kind, and are in the period from `start` to `end`, best first.
 *  `possible` has those that are only possibly in a period, `isNamed` says whether a page has all words in its title,
 *  and `isCut` whether words that only begin so were left out. */
async function search({ q = '', kind = '' }, start, end) {
  const index = await manifest();
  const groups = annalsQuery.groupsOf(q);
  // All words of a phrase must be there; whether they are adjacent is checked in the text.
  const wordsOf = (group) => (group.words[1] ? group.words.map((word) => ({ words: [word], isExact: true })) : [group]);
  const single = groups.flatMap(wordsOf);
  const budget = await budgetFor(index, single);
  const scores = new Float64Array(index.documents);
  // A query without letter or digit finds nothing.
  let pages = q.trim() && !groups.length ? [] : [...scores.keys()];
  for (const group of single) {
    const worth = group.all ? await worthOfNamed(index, group, budget) : await worthOf(index, group, budget);
    const count = worth.filter(Boolean).length;
    const rarity = Math.log(1 + (index.documents - count + 0.5) / (count + 0.5));
    // Titles come before any sum of weights.
    const score = (value) => (group.all ? value : Math.floor(value / 100) * 1e6 + (value % 100) * rarity);
    pages = pages.filter((page) => worth[page]);
    for (const page of pages) scores[page] += score(worth[page]);
  }
  const isPeriod = start > -Infinity || end < Infinity;
  const possible = new Set();
  pages = pages.filter((page) => {
    const event = index.facets[page];
    const certainty = isPeriod ? within(event, start, end) : 2;
    const inDates = (dates) => Math.max(...dates.map(([first, last]) => within(event, first, last)));
    if (certainty === 1 || groups.some(({ dates = [] }) => inDates(dates) === 1)) possible.add(page);
    return certainty && (!kind || event.kind[0] === kind);
  });
  pages.sort((a, b) => scores[b] - scores[a] || a - b);
  // A word in the title adds two million, another form or only its beginning one: at most one word may be like that.
  const isNamed = (page) => scores[page] > 2e6 * single.length - 1e6;
  return { index, groups, pages, possible, isNamed, isCut: budget.cut };
}

return { search };
})();
