// The search page: finds pages by the index in search/, of which it loads what a query needs, by script tags.
// ARCHITECTURE.md ("Search") describes the files.
(() => {
'use strict';
const BUDGET = 105; // kB of words that a query may load
const SHOWN = 20; // results at once
const READ = 400; // pages that are read for a phrase
const EXCERPT = 220; // characters
const LONGEST = 500; // characters of a query that are looked for
const SURE = 1e8; // what a date or a document weighs: more than titles
const PRINTED = 200; // results at most that are made ready for paper
const PAUSE = 1500; // milliseconds in which nothing new was asked: the reader reads
const { one, all, make, isPlain, facts } = annals;
const { tokens, straight } = annalsText;
const { find, isDesignator, plain, within, wordsOf } = annalsDates;

// The index

const arrived = new Map();
const asked = new Map();
globalThis.annalsSearch = (family, number, value) => arrived.set(family + number, value);

/** What a file holds, as `read` understands it. */
function load(family, number, read = (value) => value) {
  const name = family + number;
  if (!asked.has(name)) {
    const promise = annals.load(`search/${family}-${number}.js`).then(() => {
      if (!arrived.has(name)) throw name;
      return read(arrived.get(name));
    });
    asked.set(name, promise);
    promise.catch(() => asked.delete(name)); // so that it can be tried again
  }
  return asked.get(name);
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The numbers of a text: groups of five bits, the lowest first; all but the last of a number have 32 added. */
const numbers = (text) => (text.match(/[g-z0-9+/]*[A-Za-f]/g) ?? []).map((letters) => [...letters].reduceRight((number, letter) => number * 32 + (LETTERS.indexOf(letter) % 32), 0));

const manifest = () => load('manifest', 0, (index) => {
  const codes = numbers(index.facets);
  const certain = numbers(index.certain).values();
  const step = () => certain.next().value;
  let [at, day] = [0, index.start];
  index.sizes = numbers(index.sizes);
  index.shardOf = (word) => Math.max(0, upTo(index.first, word) - 1);
  index.facets = Array.from({ length: index.documents }, (_, page) => {
    const kind = index.kinds[codes[at++]];
    if (page >= index.events) return { kind };
    const code = codes[at++];
    const days = code % 2 ? codes[at++] : 4;
    day += Math.floor(code / 2);
    /** @type {any} */
    const event = { kind, earliest: days % 2 ? -Infinity : day, latest: days > 3 ? day + Math.floor(days / 4) - 1 : Infinity, isDoubtful: days % 4 > 1, certain: [] };
    const count = code % 2 === 0 ? 1 : event.isDoubtful ? 0 : step();
    if (count === 1) event.certain = [[event.earliest, event.latest]];
    for (let [left, last] = [count, day]; left > 1; left--) {
      const first = last + step();
      event.certain.push([first, last = first + step()]);
    }
    return event;
  });
  return index;
});

const terms = (shard) => load('terms', shard, (text) => {
  let last = '';
  const rows = text.split(',').map((row) => row.split(' '));
  return { words: rows.map(([word]) => (last = last.slice(0, LETTERS.indexOf(word[0])) + word.slice(1))), lists: rows.map(([, list = '']) => list) };
});

/** How many of a sorted list come before `word` or are it. */
const upTo = (sorted, word) => sorted.filter((other) => other <= word).length;

// A query

/** The groups of a query: one word, several side by side, a date, or a document. The last word may be open: the beginning
 *  of a word. */
function groups(query) {
  /** @type {any[]} */
  const found = [];
  for (const [part, quoted] of straight(query).slice(0, LONGEST).matchAll(/"([^"]*)"?|[^"]+/g)) {
    const exact = quoted !== undefined;
    const text = exact ? quoted : named(part, found);
    let last = -1;
    for (const { word, forms, start, end } of tokens(text)) {
      // What touches is one word of a script without spaces.
      if (last >= (exact ? 0 : start)) found.at(-1).words.push(word);
      else found.push({ words: [word], forms, exact });
      last = end;
    }
    const open = found.at(-1);
    if (open && !exact) open.open = (open.document || (!open.dates && last >= text.trimEnd().length)) && /[\p{L}\p{M}\p{N}]$/u.test(query);
  }
  return found;
}

/** Adds the documents and dates that a text names; returns the text without them. */
function named(part, found) {
  let text = part;
  const wordsOfAll = (text) => tokens(text).map(({ word }) => word);
  const take = (start, end, group) => {
    if (group) found.push({ words: [], ...group });
    text = text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
  };
  let [before, behind] = [-1, -1]; // where "resolution" begins, where a document ends
  for (const { 0: chunk, index } of part.matchAll(/\S+/g)) {
    const end = index + chunk.length;
    const document = plain(chunk).replace(/^[^a-z0-9]+|\(.*|[^a-z0-9]+$/g, '');
    const words = wordsOfAll(chunk);
    if (behind >= 0 && /^\(\d{4}\)/.test(chunk)) take(index, end);
    behind = -1;
    if (/\d/.test(document) && (before < 0 ? document.includes('/') && !find(chunk)[0] : /^[\d/-]+$/.test(document))) {
      take(before < 0 ? index : before, behind = end, { document, all: wordsOfAll(document) });
    }
    before = words[1] || !isDesignator(words[0]) ? -1 : before < 0 ? index : before;
  }
  for (const { dates, isYear, start, end } of find(text)) {
    const typed = wordsOfAll(text.slice(start, end));
    const words = dates[1] ? [] : wordsOf(dates[0]);
    take(start, end, isYear ? { dates, document: typed[0], all: typed } : { dates, all: words[0] ? words : typed });
  }
  return text;
}

/** The words of the index to look for, with what each counts. Further forms of words have a star. */
function entriesOf({ words: [word], forms, exact }) {
  if (exact || /^[\0-\x7f]+$/.test(word)) return [[word, 1]];
  return [[word, 1], [`${word}*`, 0.5], ...(forms ?? []).flatMap((form) => [[form, 0.5], [`${form}*`, 0.5]])];
}

/** What each page is worth for a word: 1 to 8, and 200 for a title. */
async function worthOf(index, group, budget) {
  const [word] = group.words;
  const worth = new Float32Array(index.documents);
  const add = (list, factor) => {
    let page = -1;
    for (const code of numbers(list)) {
      page += Math.floor(code / 16) + 1;
      worth[page] = Math.max(worth[page], ((code % 8) + (code % 16 > 7 ? 201 : 1)) * factor);
    }
  };
  let isThere = false;
  for (const [entry, factor] of entriesOf(group)) {
    const { words, lists } = await terms(index.shardOf(entry));
    const at = words.indexOf(entry);
    if (at >= 0) add(lists[at], factor);
    isThere ||= at >= 0;
  }
  group.open ||= !isThere && !group.exact;
  if (!group.open || !word[1]) return worth;
  // Words that only begin so count less.
  const end = `${word}\uffff`;
  const shard = index.shardOf(word);
  for (let number = shard; number <= index.shardOf(end); number++) {
    budget.cut ||= number > shard && (budget.spent += index.sizes[number]) > BUDGET;
    if (budget.cut) break;
    const { words, lists } = await terms(number);
    for (let at = upTo(words, word); words[at] < end; at++) add(lists[at], 0.5);
  }
  return worth;
}

/** What each page is worth for a date or a document: the events of that time or document before all that have its words. */
async function worthOfNamed(index, { dates = [], document = '', all: words, open }, budget) {
  const of = (word, open = false) => worthOf(index, { words: [word], exact: true, open }, budget);
  const worth = new Float64Array(index.documents).fill(words[0] ? 1 : 0);
  for (const word of words) (await of(word)).forEach((value, page) => { worth[page] &&= value && 1; });
  if (document) {
    let has = await of(document, open);
    // Nobody has the symbol: the number may do.
    const [, number] = /\bres\/(\d+)$/.exec(document) ?? [];
    if (number && !has.some(Boolean)) has = await of(number);
    has.forEach((value, page) => { worth[page] = value > 200 ? SURE + value : Math.max(worth[page], value); });
  }
  for (const [first, last] of dates) {
    index.facets.forEach((event, page) => {
      const is = within(event, first, last);
      // A year alone may be another number.
      if (is > 1 || (is && !document)) worth[page] = Math.max(worth[page], SURE * (is + Number(event.earliest >= first && event.latest <= last)));
    });
  }
  return worth;
}

/** The pages that may answer a query, the best first, and those that lie only perhaps in the period. */
async function search({ q = '', kind = '' }, start, end) {
  const index = await manifest();
  const asked = groups(q);
  // All words of a phrase must be there; whether they are adjacent is checked in the text.
  const single = asked.flatMap((group) => (group.words[1] ? group.words.map((word) => ({ words: [word], exact: true })) : [group]));
  const sought = single.flatMap((group) => group.all?.concat(group.document ?? []).map((word) => [word]) ?? entriesOf(group));
  const shards = [...new Set(sought.map(([word]) => index.shardOf(word)))];
  const budget = { spent: shards.reduce((sum, shard) => sum + index.sizes[shard], 0), cut: false };
  await Promise.all(shards.map(terms));
  const scores = new Float64Array(index.documents);
  let results = q.trim() && !asked.length ? [] : [...scores.keys()];
  for (const group of single) {
    const worth = group.all ? await worthOfNamed(index, group, budget) : await worthOf(index, group, budget);
    const count = worth.filter(Boolean).length;
    const rarity = Math.log(1 + (index.documents - count + 0.5) / (count + 0.5));
    results = results.filter((page) => worth[page]);
    // Titles come before any sum of weights.
    for (const page of results) scores[page] += group.all ? worth[page] : Math.floor(worth[page] / 100) * 1e6 + (worth[page] % 100) * rarity;
  }
  const isPeriod = start > -Infinity || end < Infinity;
  const perhaps = new Set();
  results = results.filter((page) => {
    const event = index.facets[page];
    const is = isPeriod ? within(event, start, end) : 2;
    if (is === 1 || asked.some(({ dates = [[]] }) => Math.max(...dates.map(([first, last]) => within(event, first, last))) === 1)) perhaps.add(page);
    return is && (!kind || event.kind[0] === kind);
  });
  results.sort((a, b) => scores[b] - scores[a] || a - b);
  return { index, results, perhaps, asked, cut: budget.cut };
}

/** The words of a text that were searched for; those of a phrase only if they are adjacent. */
function hits(text, asked) {
  const found = tokens(text);
  const sides = (words, at) => words.some((_, back) => words.every((other, step) => found[at - back + step]?.word === other));
  return found.filter(({ word, forms }, at) => asked.some(({ words, forms: others = [], exact, open, all = words }) => {
    if (all[1]) return sides(all, at);
    const here = exact ? [word] : [word, ...forms];
    return [all[0], ...others].some((other) => here.includes(other)) || (open && all[0][1] && here.some((form) => form.startsWith(all[0])));
  }));
}

// The page

const [form, field, from, to, list, more, status] = ['search', 'q', 'from', 'to', 'results', 'more', 'status'].map((id) => one(`#_${id}`));
const say = list.dataset;
// On paper: what was asked, and the results that are not shown yet.
const [said, rest] = [make('p', 'for-paper'), make('ol', 'search-results for-paper')];
status.before(said);
list.after(rest);

/** A text with those words marked. */
function marked(text, asked) {
  const pieces = [];
  let from = 0;
  for (const { start, end } of hits(text, asked)) {
    if (start >= from) pieces.push(text.slice(from, start), make('mark', '', text.slice(start, end)));
    from = end;
  }
  return [...pieces, text.slice(from)];
}

/** The line that has most of those words, cut around the first. */
function excerpt(text, asked) {
  const lines = text.split('\n').map((line) => {
    const found = hits(line, asked);
    return { line, at: found[0]?.start ?? 0, rank: new Set(found.map(({ word }) => word)).size };
  });
  const { line, at } = lines.reduce((best, other) => (other.rank > best.rank ? other : best));
  const from = at < EXCERPT * 0.7 ? 0 : at - 60 + line.slice(at - 60, at).indexOf(' ') + 1;
  const rest = line.slice(from);
  const end = rest.lastIndexOf(' ', EXCERPT);
  const to = rest.length <= EXCERPT || from + end <= at ? EXCERPT : end;
  return [from ? '… ' : '', ...marked(rest.slice(0, to), asked), to < rest.length ? ' …' : ''];
}

let turn = 0; // the search in hand: what comes late of an older one is not shown

/** Does what fails where a file is missing. */
async function attempt(work) {
  const mine = turn;
  await work().catch(() => mine === turn && (status.textContent = say.failed));
}

async function start() {
  const mine = ++turn;
  list.ariaBusy = 'true';
  await attempt(run);
  if (mine === turn) list.ariaBusy = 'false';
}

async function run() {
  const mine = turn;
  const clear = () => {
    list.replaceChildren();
    more.hidden = true;
    status.textContent = '';
  };
  const days = annalsDates.period(from, to, isTyping);
  const asks = Object.fromEntries(entries());
  rest.replaceChildren();
  said.textContent = entries().map(([name, text]) => `${one(`[for=_${name}]`, form).textContent}: ${name === 'kind' ? one('#_kind').selectedOptions[0].text : text}`).join(' · ');
  if (!asks.q?.trim() && !asks.kind && days.every((day) => !Number.isFinite(day))) return clear();
  const { index, results, perhaps, asked, cut } = await search(asks, days[0], days[1]);
  const reader = (family) => async (page) => (await load(family, Math.floor(page / index[family])))[page % index[family]];
  const [title, text] = [reader('titles'), reader('texts')];

  // Excerpts are loaded for results in sight.
  const sight = new IntersectionObserver((seen) => seen.filter((row) => row.isIntersecting).forEach(({ target }) => attempt(async () => {
    sight.unobserve(target);
    await fill(target);
  })));
  const fill = async (row) => one('.excerpt', row).replaceChildren(...excerpt(await text(Number(row.id.slice(2))), asked));

  let shown = 0;
  async function rowOf(page) {
    const [url, name, date] = await title(page);
    const [id, kind, family] = index.facets[page].kind;
    const mark = family ? [make('span', `glyph glyph-${id}`)] : [];
    const known = [make('bdi', `kind family-${family}`, ...mark, kind)];
    if (date) known.unshift(make('bdi', '', date));
    if (perhaps.has(page)) known.push(make('em', '', say.possibly));
    const link = Object.assign(make('a', '', ...marked(name, asked)), { href: url });
    return Object.assign(make('li', '', make('h2', 'event-title', link), facts(known), make('p', 'excerpt')), { id: `_r${page}` });
  }
  async function append(page) {
    const row = one('li[id]', rest) ?? await rowOf(page);
    if (mine !== turn) return;
    if (!shown++) clear();
    list.append(row);
    sight.observe(row);
  }
  /** Makes the results ready for paper, which waits for no file. */
  async function prepare() {
    for (const row of all('li', list)) if (mine === turn && !one('.excerpt', row).firstChild) await fill(row);
    for (const page of found.slice(shown, PRINTED)) {
      const row = await rowOf(page);
      await fill(row);
      if (mine !== turn) return;
      if (found.indexOf(page) >= shown) rest.append(row);
    }
    if (found.length > PRINTED) rest.append(make('li', '', '…'));
  }

  /** Shows what the reader had seen when he left, and where. */
  async function goBack() {
    const { row, top, rows } = history.state ?? {};
    if (!row) return;
    for (const page of found.slice(shown, rows)) await append(page);
    more.hidden = shown >= found.length;
    await Promise.all(all('li', list).map(fill));
    if (mine === turn) scrollBy(0, (one(`#${row}`, list)?.getBoundingClientRect().top ?? top) - top);
  }

  const phrases = asked.filter(({ words }) => words[1]);
  const reads = phrases.length > 0;
  const found = reads ? [] : results;
  for (const page of results.slice(0, reads ? READ : SHOWN)) {
    const lines = reads ? [...(await title(page)).slice(1), ...(await text(page)).split('\n')] : [];
    if (reads && phrases.every((phrase) => lines.some((line) => hits(line, [phrase]).length))) found.push(page);
    if (shown < Math.min(found.length, SHOWN)) await append(page);
    if (mine !== turn) return;
    if (shown !== 1) continue;
    await text(page); // the first result is whole before others are asked for
    results.slice(0, SHOWN).forEach(title);
  }
  if (!shown) clear();
  const partly = cut ? say.cut : reads && results[READ] ? say.partly : '';
  const nothing = asks.q?.trim() && !asked.length ? say.noWords : say.none;
  const isLong = asks.q?.length > LONGEST ? say.long : '';
  status.textContent = `${shown ? say.count.replace('{count}', found.length) : nothing} ${partly} ${isLong}`;
  more.hidden = shown >= found.length;
  more.onclick = () => attempt(async () => {
    const first = shown;
    for (const page of found.slice(shown, shown + SHOWN)) await append(page);
    more.hidden = shown >= found.length;
    links()[first]?.focus();
  });
  await goBack();
  setTimeout(() => { if (mine === turn) prepare().catch(() => {}); }, PAUSE);
}

// Address and keys

/** What the fields say. @returns {any[]} */
const entries = () => [...new FormData(form)].filter(([, text]) => text);

let isTyping = false; // a date
let settled = true; // whether going back should find the address in hand again

/** Keeps the address in step: a new entry of the history for a new search, the same one while it is typed. */
function go(settle) {
  annals.write(settled ? 'pushState' : 'replaceState', entries());
  settled = settle;
  start();
}

function restore() {
  const address = new URLSearchParams(location.search);
  for (const field of all('[name]', form)) field.value = address.get(field.name) ?? '';
  settled = true;
  start();
}

let timer = 0;
const later = (settle = true, delay = 0) => {
  clearTimeout(timer);
  timer = setTimeout(go, delay, settle);
};
form.oninput = ({ target }) => {
  isTyping = target === from || target === to;
  if (target === field || isTyping) later(false, 120);
};
form.onchange = ({ target }) => {
  isTyping = false;
  if (target !== field) later();
};
form.onsubmit = () => {
  isTyping = false;
  later();
  return false;
};
addEventListener('popstate', restore);
annals.keepFields(form);
// The results come later than a browser looks for the place where the reader was: it is kept with the entry of the history.
document.addEventListener('click', ({ target }) => {
  const first = all('li', list).find((row) => row.getBoundingClientRect().bottom > 0);
  if (!first || !(target instanceof Element) || !target.closest('a[href]')) return;
  try {
    history.replaceState({ row: first.id, top: first.getBoundingClientRect().top, rows: list.children.length }, '');
  } catch {} // asked too often
});

const links = () => all('a', list);
addEventListener('keydown', (event) => {
  const [results, focused] = [links(), document.activeElement];
  const at = results.indexOf(focused);
  if ((at < 0 && focused !== field) || event.shiftKey || !isPlain(event)) return;
  const moves = at < 0 ? { ArrowDown: results[0] } : { ArrowDown: results[at + 1], ArrowUp: results[at - 1] ?? field, Home: results[0], End: results.at(-1), Escape: field };
  if (moves[event.key]) event.preventDefault();
  moves[event.key]?.focus();
});

restore();
})();
