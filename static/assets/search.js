// The search page: finds pages by the index in search/, of which it loads what a query needs, by script tags.
// ARCHITECTURE.md ("Search") describes the files.
(() => {
'use strict';
const BUDGET = 105; // kB of words that a query may load
const SHOWN = 20; // results at once
const READ = 400; // pages that are read for a phrase
const EXCERPT = 220; // characters
const PRINTED = 200; // results at most that are made ready for paper
const PAUSE = 1500; // milliseconds in which nothing new was asked: the reader reads
const { one, all, make, isPlain, dayOf } = annals;
const { tokens } = annalsText;

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
  let [at, day] = [0, index.start];
  index.sizes = numbers(index.sizes);
  index.shardOf = (word) => Math.max(0, upTo(index.first, word) - 1);
  index.facets = Array.from({ length: index.documents }, (_, page) => {
    const kind = index.kinds[codes[at++]];
    if (page >= index.events) return { kind };
    const code = codes[at++];
    const days = code % 2 ? codes[at++] : 4;
    day += Math.floor(code / 2);
    return { kind, first: days % 2 ? -Infinity : day, last: days > 3 ? day + Math.floor(days / 4) - 1 : Infinity, isDoubtful: days % 4 > 1 };
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

/** The groups of a query: one word, or several side by side. The last word may be open: the beginning of a word. */
function groups(query) {
  /** @type {any[]} */
  const found = [];
  for (const [part, quoted] of query.matchAll(/"([^"]*)"?|[^"]+/g)) {
    const exact = quoted !== undefined;
    let last = -1;
    for (const { word, start, end } of tokens(quoted ?? part)) {
      // What touches is one word of a script without spaces.
      if (last >= (exact ? 0 : start)) found.at(-1).words.push(word);
      else found.push({ words: [word], exact });
      last = end;
    }
  }
  const last = found.at(-1);
  if (last) last.open = !last.exact && /[\p{L}\p{M}\p{N}]$/u.test(query);
  return found;
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
  const shard = index.shardOf(word);
  const { words, lists } = await terms(shard);
  const at = words.indexOf(word);
  if (at >= 0) add(lists[at], 1);
  group.open ||= at < 0 && !group.exact;
  if (!group.open || !word[1]) return worth;
  // Words that only begin so count less.
  const end = `${word}\uffff`;
  for (let number = shard; number <= index.shardOf(end); number++) {
    budget.cut ||= number > shard && (budget.spent += index.sizes[number]) > BUDGET;
    if (budget.cut) break;
    const { words, lists } = await terms(number);
    for (let at = upTo(words, word); words[at] < end; at++) add(lists[at], 0.5);
  }
  return worth;
}

/** The pages that may answer a query, the best first, and those that lie only perhaps in the period. */
async function search({ q = '', kind = '', from = '', to = '' }) {
  const index = await manifest();
  const asked = groups(q);
  // All words of a phrase must be there; whether they stand side by side is read in the text.
  const single = asked.flatMap((group) => (group.words[1] ? group.words.map((word) => ({ words: [word], exact: true })) : [group]));
  const shards = [...new Set(single.map(({ words: [word] }) => index.shardOf(word)))];
  const budget = { spent: shards.reduce((sum, shard) => sum + index.sizes[shard], 0), cut: false };
  await Promise.all(shards.map(terms));
  const scores = new Float64Array(index.documents);
  let results = [...scores.keys()];
  for (const group of single) {
    const worth = await worthOf(index, group, budget);
    const count = worth.filter(Boolean).length;
    const rarity = Math.log(1 + (index.documents - count + 0.5) / (count + 0.5));
    results = results.filter((page) => worth[page]);
    // Titles come before any sum of weights.
    for (const page of results) scores[page] += Math.floor(worth[page] / 100) * 1e6 + (worth[page] % 100) * rarity;
  }
  const [start, end] = [dayOf(from, false), dayOf(to, true)];
  const perhaps = new Set();
  results = results.filter((page) => {
    const { kind: [id], first, last, isDoubtful } = index.facets[page];
    if (kind && id !== kind) return false;
    if (first < start || last > end || (isDoubtful && (from || to))) perhaps.add(page);
    return (!from && !to) || (last >= start && first <= end);
  });
  results.sort((a, b) => scores[b] - scores[a] || a - b);
  return { index, results, perhaps, asked, cut: budget.cut };
}

/** The words of a text that were asked for; those of a phrase only where they stand side by side. */
function hits(text, asked) {
  const found = tokens(text);
  return found.filter(({ word }, at) => asked.some(({ words, open }) => words[1]
    ? words.some((_, back) => words.every((other, step) => found[at - back + step]?.word === other))
    : word === words[0] || (open && words[0][1] && word.startsWith(words[0]))));
}

// The page

const [form, field, list, more, status] = ['search', 'q', 'results', 'more', 'status'].map((id) => one(`#_${id}`));
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
  rest.replaceChildren();
  said.textContent = entries().map(([name, text]) => `${one(`[for=_${name}]`, form).textContent}: ${name === 'kind' ? one('#_kind').selectedOptions[0].text : text}`).join(' · ');
  if (!entries().length || !form.reportValidity()) return clear();
  const { index, results, perhaps, asked, cut } = await search(Object.fromEntries(entries()));
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
    const facts = make('p', 'event-facts', make('span', `kind family-${family}`, make('span', family && `glyph glyph-${id}`), kind));
    if (date) facts.prepend(make('span', '', date));
    if (perhaps.has(page)) facts.append(make('em', '', say.possibly));
    const link = Object.assign(make('a', '', ...marked(name, asked)), { href: url });
    return Object.assign(make('li', '', make('h2', 'event-title', link), facts, make('p', 'excerpt')), { id: `_r${page}` });
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
  status.textContent = `${shown ? say.count.replace('{count}', found.length) : say.none} ${partly}`;
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
field.oninput = () => later(false, 120);
form.onchange = ({ target }) => target !== field && later();
form.onsubmit = () => {
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
