// The search page: asks for what its form says, and lists what is found. The state is in the address.
//
// It needs index.js, query.js, ranking.js, rows.js and dates.js, and on the page the form `_search` with the fields
// `_q`, `_kind`, `_from` and `_to`; also `_status`, and `_results` with the words for this script in `data-…`.
// It does nothing if there is no such form. Without JavaScript the page says that search needs it.
(() => {
'use strict';
const SHOWN_AT_ONCE = 20; // results of a group
const FEW = 3; // most results shown at first of a group other than events
const READ = 400; // most pages whose text is read for a phrase
const TYPING = 120; // milliseconds without a keystroke before what is typed is searched for
const { one, all, make, facts } = annals;
const { about, excerpt, read } = annalsRows;

const ids = ['search', 'q', 'from', 'to', 'results', 'status'];
const [form, field, from, to, list, status] = ids.map((id) => one(`#_${id}`));
if (!form) return;
const words = list.dataset;
const heading = make('p', 'for-paper'); // what was asked
status.before(heading);

/** A result: its title links to the page, its excerpt to the passage. It is whole when shown, so nothing moves. */
async function rowOf(answer, page) {
  const [{ href, title, known }, passage] = await Promise.all([about(answer, page), excerpt(answer, page)]);
  if (page >= answer.index.events) known.pop(); // the heading says it
  if (answer.possible.has(page)) known.push(make('em', '', words.possibly));
  const linked = (address, inside) => Object.assign(make('a', '', ...inside), { href: address });
  const row = make('li', '', make('h3', 'event-title', linked(href, title)));
  if (known[0]) row.append(facts(known));
  row.append(make('p', 'excerpt', linked(href + passage.anchor, passage.words)));
  return Object.assign(row, { id: `_r${page}` });
}

// The list

let turn = 0; // the number of the latest search: what an older one finds late is not shown
let shownTurn = 0; // the number of the search whose results are listed
/** @type {any[]} */
let results = []; // the groups of the latest search

/** Does work that fails if a file is missing, which the status says, or if a newer search has begun. */
async function attempt(work) {
  const mine = turn;
  await work().catch(() => mine === turn && (status.textContent = words.failed));
}

/** Empties the list for the results of the latest search. */
function clear(text = '') {
  shownTurn = turn;
  list.replaceChildren();
  status.textContent = text;
}

/** Returns the group of results of one kind; an empty kind is for events. `found` has the pages found so far, `rows`
 *  the items that are shown. */
function groupOf({ answer, phrases, sentence }, kind, pages) {
  const mine = turn;
  const name = kind ? one(`#_kind [value="${kind}"]`).text : one('#_kind optgroup').label;
  const [rows, count, more] = [make('ol'), make('span', 'count'), make('button', '', `${words.more}: ${name}`)];
  const section = make('section', kind && 'is-brief', make('h2', '', name, ' ', count), rows, more);
  const found = [];
  let next = 0;

  const isFound = async (page) => {
    const lines = [(await read('titles', answer, page))[1], ...(await read('texts', answer, page)).split('\n')];
    return phrases.every((phrase) => lines.some((line) => annalsQuery.hits(line, [phrase])[0]));
  };
  /** Finds results until there are `most`. For phrases, the texts of pages are read. */
  async function find(most) {
    while (found.length < most && next < pages.length) {
      if (mine !== turn) throw mine;
      const page = pages[next++];
      if (!phrases[0] || await isFound(page)) found.push(page);
    }
    if (next === pages.length) count.textContent = `${found.length}`;
    more.hidden = !found[rows.children.length];
  }
  async function show(most) {
    const first = rows.children.length;
    for (let at = first; await find(at + 1), at < most && at in found; at++) {
      const row = await rowOf(answer, found[at]);
      if (mine !== turn) throw mine;
      if (shownTurn !== turn) clear(sentence());
      if (!at) list.append(section);
      rows.append(row);
      // The first result is there before others are asked for.
      if (at === first && !phrases[0]) pages.slice(at, most).forEach((page) => rowOf(answer, page).catch(() => {}));
    }
    return one('a', rows.children[first]);
  }
  more.onclick = () => attempt(async () => (await show(rows.children.length + SHOWN_AT_ONCE))?.focus());
  return { kind, best: pages.slice(0, FEW), found, rows, find, show };
}

/** What was found: first the kinds whose best page has what was asked for in its title, then events. */
function grouped(search, pages) {
  const { index, isNamed } = search.answer;
  const byKind = {};
  for (const page of pages) (byKind[page < index.events ? '' : index.facets[page].kind[0]] ??= []).push(page);
  const groups = Object.entries(byKind).map(([kind, found]) => groupOf(search, kind, found));
  const place = ({ kind, best }) => (kind ? isNamed(best[0]) ? 0 : 2 : 1);
  return groups.sort((a, b) => place(a) - place(b));
}

/** Shows as many results as there were when the reader left the page, and scrolls to the same row. */
async function goBack() {
  const { row, top, shown } = history.state ?? {};
  for (const [at, count] of shown?.entries() ?? []) await results[at]?.show(count);
  if (row) scrollBy(0, (one(`#${row}`, list)?.getBoundingClientRect().top ?? top) - top);
}

// A search

async function start() {
  const mine = ++turn;
  list.ariaBusy = 'true';
  await attempt(run);
  if (mine === turn) list.ariaBusy = 'false';
}

async function run() {
  const [firstDay, lastDay] = annalsDates.period(from, to, isTypingDate);
  const query = Object.fromEntries(entries());
  heading.textContent = entries().map(inWords).join(' · ');
  const isPeriod = Number.isFinite(firstDay) || Number.isFinite(lastDay);
  if (!query.q?.trim() && !query.kind && !isPeriod) return clear();
  const mine = turn;
  const answer = await annalsRanking.search(query, firstDay, lastDay);
  if (mine === turn) await showResults(query.q, answer);
}

async function showResults(q, answer) {
  const phrases = answer.groups.filter(({ words: [, second] }) => second);
  const pages = phrases[0] ? answer.pages.slice(0, READ) : answer.pages;
  const nothing = q?.trim() && !answer.groups[0] ? words.noWords : words.none;
  const isPart = pages.length < answer.pages.length;
  const isLong = q?.length > annalsQuery.LONGEST;
  const left = answer.isCut ? words.cut : isPart ? words.partly : '';
  /** How much was found, and what was left out. */
  const sentence = (found = phrases[0] ? '…' : pages.length) =>
    [found ? words.count.replace('{count}', found) : nothing, left, isLong ? words.long : ''].join(' ');
  results = grouped({ answer, phrases, sentence }, pages);
  for (const { kind, best, show } of results) {
    await show(kind && results[1] ? best.filter(answer.isNamed).length || FEW : SHOWN_AT_ONCE);
  }
  for (const group of results) await group.find(Infinity);
  const found = results.flatMap((group) => group.found).length;
  if (!found) clear();
  status.textContent = sentence(found);
  await goBack();
}

// The form and the address

/** What the fields say. @returns {any[]} */
const entries = () => [...new FormData(form)].filter(([, text]) => text);

/** A field and what it says, as a reader sees them. */
const inWords = ([name, text]) =>
  `${one(`[for=_${name}]`, form).textContent}: ${name === 'kind' ? one('#_kind').selectedOptions[0].text : text}`;

let isTypingDate = false;
let settled = true; // whether the address is a finished search, to which going back returns

/** Writes what the fields say into the address, and searches: a new entry of the history for a new search, the same one
 *  while it is typed. */
function go(settle) {
  annals.write(settled ? 'pushState' : 'replaceState', entries());
  settled = settle;
  start();
}

function restore() {
  const address = new URLSearchParams(location.search);
  for (const input of all('[name]', form)) input.value = address.get(input.name) ?? '';
  settled = true;
  start();
}

let timer = 0;
const goSoon = (settle = true, delay = 0) => {
  clearTimeout(timer);
  timer = setTimeout(go, delay, settle);
};
form.oninput = ({ target }) => {
  isTypingDate = target === from || target === to;
  if (target === field || isTypingDate) goSoon(false, TYPING);
};
form.onchange = ({ target }) => {
  isTypingDate = false;
  if (target !== field) goSoon();
};
form.onsubmit = () => {
  isTypingDate = false;
  goSoon();
  return false;
};
addEventListener('popstate', restore);
annals.keepFields(form);
// Results arrive too late for a browser to restore the scroll position: it is kept with the entry of the history.
document.addEventListener('click', ({ target }) => {
  const first = all('li', list).find((row) => row.getBoundingClientRect().bottom > 0);
  if (!first || !(target instanceof Element) || !target.closest('a[href]')) return;
  try {
    const shown = results.map(({ rows }) => rows.children.length);
    history.replaceState({ row: first.id, top: first.getBoundingClientRect().top, shown }, '');
  } catch {} // asked too often
});

restore();
})();
