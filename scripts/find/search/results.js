// The search page: asks for what its form says, and lists what is found. The state is in the address.
//
// It needs index.js, query.js, ranking.js and dates.js, and on the page the form `_search` with the fields `_q`,
// `_kind`, `_from` and `_to`; also `_status`, `_results` with the words for this script in `data-…`, and `_more`.
// It does nothing if there is no such form. Without JavaScript the page says that search needs it.
(() => {
'use strict';
const SHOWN_AT_ONCE = 20; // results
const READ = 400; // pages that are read for a phrase
const EXCERPT = 220; // characters
const PRINTED = 200; // results at most that are made ready for paper
const PAUSE = 1500; // milliseconds in which nothing new was asked: the reader reads
const TYPING = 120; // milliseconds without a keystroke before what is typed is searched for
const { one, all, make, isPlain, facts } = annals;
const { hits } = annalsQuery;

const ids = ['search', 'q', 'from', 'to', 'results', 'more', 'status'];
const [form, field, from, to, list, more, status] = ids.map((id) => one(`#_${id}`));
if (!form) return;
const words = list.dataset;
// On paper: what was asked, and the results that the list does not show yet.
const [heading, further] = [make('p', 'for-paper'), make('ol', 'search-results for-paper')];
status.before(heading);
list.after(further);

// What a result looks like

/** A text with the words that were asked for marked. */
function marked(text, groups) {
  const pieces = [];
  let position = 0;
  for (const { start, end } of hits(text, groups)) {
    if (start >= position) pieces.push(text.slice(position, start), make('mark', '', text.slice(start, end)));
    position = end;
  }
  return [...pieces, text.slice(position)];
}

/** The line that has most of the words that were asked for, cut around the first. */
function excerpt(text, groups) {
  const lines = text.split('\n').map((line) => {
    const found = hits(line, groups);
    return { line, at: found[0]?.start ?? 0, rank: new Set(found.map(({ word }) => word)).size };
  });
  const { line, at } = lines.reduce((best, other) => (other.rank > best.rank ? other : best));
  const start = at < EXCERPT * 0.7 ? 0 : at - 60 + line.slice(at - 60, at).indexOf(' ') + 1;
  const rest = line.slice(start);
  const space = rest.lastIndexOf(' ', EXCERPT);
  const end = rest.length <= EXCERPT || start + space <= at ? EXCERPT : space;
  return [start ? '… ' : '', ...marked(rest.slice(0, end), groups), end < rest.length ? ' …' : ''];
}

/** What makes rows of the pages that a search found. */
function rowsOf({ index, groups, possible }) {
  const reader = (family) => async (page) =>
    (await annalsIndex.file(family, Math.floor(page / index[family])))[page % index[family]];
  const [title, text] = [reader('titles'), reader('texts')];
  return {
    title,
    text,
    /** A row without its excerpt. */
    async make(page) {
      const [url, name, date] = await title(page);
      const [id, kind, family] = index.facets[page].kind;
      const glyph = family ? [make('span', `glyph glyph-${id}`)] : [];
      const known = [make('bdi', `kind family-${family}`, ...glyph, kind)];
      if (date) known.unshift(make('bdi', '', date));
      if (possible.has(page)) known.push(make('em', '', words.possibly));
      const link = Object.assign(make('a', '', ...marked(name, groups)), { href: annals.root + url });
      const row = make('li', '', make('h2', 'event-title', link), facts(known), make('p', 'excerpt'));
      return Object.assign(row, { id: `_r${page}` });
    },
    async fill(row) {
      one('.excerpt', row).replaceChildren(...excerpt(await text(Number(row.id.slice(2))), groups));
    },
  };
}

// The list

let turn = 0; // the number of the search in hand: what an older one finds late is not shown

/** Does work that fails where a file is missing. */
async function attempt(work) {
  const mine = turn;
  await work().catch(() => mine === turn && (status.textContent = words.failed));
}

function clear() {
  list.replaceChildren();
  more.hidden = true;
  status.textContent = '';
}

/** The results of one search: `found` in part, and the first `shown` of those in the list. */
class Results {
  shown = 0;
  turn = turn;
  // Excerpts are loaded for results in sight.
  sight = new IntersectionObserver((seen) => seen.filter((entry) => entry.isIntersecting).forEach(({ target }) => {
    attempt(async () => {
      this.sight.unobserve(target);
      await this.rows.fill(target);
    });
  }));

  constructor(rows, found) {
    this.rows = rows;
    this.found = found;
  }

  get isOld() {
    return this.turn !== turn;
  }

  get isWhole() {
    return this.shown >= this.found.length;
  }

  /** Adds a page to the list; the first replaces what an older search had found. */
  async append(page) {
    const row = one('li[id]', further) ?? await this.rows.make(page);
    if (this.isOld) return;
    if (!this.shown++) clear();
    list.append(row);
    this.sight.observe(row);
  }

  async appendUpTo(count) {
    for (const page of this.found.slice(this.shown, count)) await this.append(page);
    more.hidden = this.isWhole;
  }

  /** Shows the first of the pages. For phrases, pages are read until enough are found that have them. */
  async showFirst(pages, phrases) {
    const { title, text } = this.rows;
    const reads = phrases.length > 0;
    for (const page of pages.slice(0, reads ? READ : SHOWN_AT_ONCE)) {
      const lines = reads ? [...(await title(page)).slice(1), ...(await text(page)).split('\n')] : [];
      const hasAll = () => phrases.every((phrase) => lines.some((line) => hits(line, [phrase]).length));
      if (reads && hasAll()) this.found.push(page);
      if (this.shown < Math.min(this.found.length, SHOWN_AT_ONCE)) await this.append(page);
      if (this.isOld) return;
      if (this.shown !== 1) continue;
      await text(page); // the first result is whole before others are asked for
      pages.slice(0, SHOWN_AT_ONCE).forEach(title);
    }
  }

  /** Shows what the reader had seen before leaving the page, and where. */
  async goBack() {
    const { row, top, rows } = history.state ?? {};
    if (!row) return;
    await this.appendUpTo(rows);
    await Promise.all(all('li', list).map(this.rows.fill));
    if (!this.isOld) scrollBy(0, (one(`#${row}`, list)?.getBoundingClientRect().top ?? top) - top);
  }

  /** Makes the results ready for paper, which waits for no file. */
  async prepareForPaper() {
    for (const row of all('li', list)) if (!this.isOld && !one('.excerpt', row).firstChild) await this.rows.fill(row);
    for (const page of this.found.slice(this.shown, PRINTED)) {
      const row = await this.rows.make(page);
      await this.rows.fill(row);
      if (this.isOld) return;
      if (this.found.indexOf(page) >= this.shown) further.append(row);
    }
    if (this.found.length > PRINTED) further.append(make('li', '', '…'));
  }
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
  further.replaceChildren();
  heading.textContent = entries().map(inWords).join(' · ');
  const isPeriod = Number.isFinite(firstDay) || Number.isFinite(lastDay);
  if (!query.q?.trim() && !query.kind && !isPeriod) return clear();
  const mine = turn;
  const answer = await annalsRanking.search(query, firstDay, lastDay);
  if (mine === turn) await showResults(query, answer);
}

async function showResults(query, answer) {
  const phrases = answer.groups.filter(({ words: [, second] }) => second);
  const results = new Results(rowsOf(answer), phrases.length ? [] : answer.pages);
  await results.showFirst(answer.pages, phrases);
  if (results.isOld) return;
  if (!results.shown) clear();
  status.textContent = sentence(query, answer, results, phrases.length > 0 && answer.pages.length > READ);
  more.hidden = results.isWhole;
  more.onclick = () => attempt(async () => {
    const first = results.shown;
    await results.appendUpTo(first + SHOWN_AT_ONCE);
    links()[first]?.focus();
  });
  await results.goBack();
  setTimeout(() => { if (!results.isOld) results.prepareForPaper().catch(() => {}); }, PAUSE);
}

/** How much was found, and what was left out. */
function sentence({ q }, { groups, isCut }, { shown, found }, isPart) {
  const nothing = q?.trim() && !groups.length ? words.noWords : words.none;
  const count = shown ? words.count.replace('{count}', found.length) : nothing;
  const isLong = q?.length > annalsQuery.LONGEST;
  return `${count} ${isCut ? words.cut : isPart ? words.partly : ''} ${isLong ? words.long : ''}`;
}

// The form and the address

/** What the fields say. @returns {any[]} */
const entries = () => [...new FormData(form)].filter(([, text]) => text);

/** A field and what it says, as a reader sees them. */
const inWords = ([name, text]) =>
  `${one(`[for=_${name}]`, form).textContent}: ${name === 'kind' ? one('#_kind').selectedOptions[0].text : text}`;

let isTypingDate = false;
let settled = true; // whether going back should find the address in hand again

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
    history.replaceState({ row: first.id, top: first.getBoundingClientRect().top, rows: list.children.length }, '');
  } catch {} // asked too often
});

// Keys: the arrows go through the results

const links = () => all('a', list);
addEventListener('keydown', (event) => {
  const [stops, focused] = [links(), document.activeElement];
  const at = stops.indexOf(focused);
  if ((at < 0 && focused !== field) || event.shiftKey || !isPlain(event)) return;
  const fromResult = {
    ArrowDown: stops[at + 1], ArrowUp: stops[at - 1] ?? field, Home: stops[0], End: stops.at(-1), Escape: field,
  };
  const stop = (at < 0 ? { ArrowDown: stops[0] } : fromResult)[event.key];
  if (stop) event.preventDefault();
  stop?.focus();
});

restore();
})();
