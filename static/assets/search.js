// The search page: finds pages by the index in search/, of which it loads what a query needs, by script tags.
// ARCHITECTURE.md ("Search") describes the files. Defaults of parameters say their types.
(() => {
  'use strict';
  const BUDGET = 90; // kB of words that a query may load
  const PAGE = 20; // results shown at once
  const READ = 400; // pages that are read for a phrase
  const EXCERPT = 220; // characters
  /** @typedef {{ words: string[], open: boolean, exact: boolean }} Group One word, or several side by side. */
  const { tokens } = /** @type {any} */ (globalThis).annalsText;

  // The index

  const arrived = new Map();
  const asked = new Map();
  Object.assign(globalThis, { annalsSearch: (family = '', number = 0, value = {}) => arrived.set(family + number, value) });

  /** What a file holds, as `read` understands it. @returns {Promise<any>} */
  function load(family = '', number = 0, /** @type {(value: any) => any} */ read = (value) => value) {
    const name = family + number;
    if (asked.has(name)) return asked.get(name);
    const promise = new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = `search/${family}-${number}.js`;
      script.onload = () => (arrived.has(name) ? resolve(read(arrived.get(name))) : reject());
      script.onerror = reject;
      document.head.append(script);
    });
    promise.catch(() => asked.delete(name)); // so that it can be tried again
    asked.set(name, promise);
    return promise;
  }

  const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

  /** The numbers of a text: groups of five bits, the lowest first; all but the last of a number have 32 added. */
  const numbers = (text = '') => (text.match(/[g-z0-9+/]*[A-Za-f]/g) ?? []).map((letters) => [...letters].reduceRight((number, letter) => number * 32 + (LETTERS.indexOf(letter) % 32), 0));

  const manifest = () => load('manifest', 0, (index) => {
    const codes = numbers(index.facets);
    let [at, day] = [0, index.start];
    index.sizes = numbers(index.sizes);
    index.shardOf = (word = '') => Math.max(0, upTo(index.first, word) - 1);
    index.facets = Array.from({ length: index.documents }, (_, document) => {
      const kind = codes[at++];
      if (document >= index.events) return { kind };
      const code = codes[at++];
      const days = code % 2 ? codes[at++] : 2;
      day += Math.floor(code / 2);
      return { kind, first: days % 2 ? -Infinity : day, last: days > 1 ? day + Math.floor(days / 2) - 1 : Infinity };
    });
    return index;
  });

  const terms = (shard = 0) => load('terms', shard, (text) => {
    let last = '';
    const rows = text.split(',').map((/** @type {string} */ row) => row.split(' '));
    const words = rows.map(([word = '']) => (last = last.slice(0, LETTERS.indexOf(word[0])) + word.slice(1)));
    return { words, lists: rows.map(([, list = '']) => list) };
  });

  /** How many of a sorted list come before `word` or are it. */
  const upTo = (sorted = [''], word = '') => sorted.filter((other) => other <= word).length;

  // A query

  function groups(query = '') {
    /** @type {Group[]} */
    const all = [];
    for (const [part, quoted] of query.matchAll(/"([^"]*)"?|[^"]+/g)) {
      const exact = quoted !== undefined;
      let end = -1;
      for (const token of tokens(quoted ?? part)) {
        // What touches is one word of a script without spaces.
        if (end >= (exact ? 0 : token.start)) all[all.length - 1].words.push(token.word);
        else all.push({ words: [token.word], open: false, exact });
        end = token.end;
      }
    }
    const last = all[all.length - 1];
    if (last) last.open = /[\p{L}\p{M}\p{N}]$/u.test(query);
    return all;
  }

  /** What each document is worth for a word: 1 to 8, and 200 for a title. @param {any} index @param {Group} group @param {{ spent: number, cut: boolean }} budget */
  async function worthOf(index, { words: [word], open, exact }, budget) {
    const worth = new Float32Array(index.documents);
    const add = (list = '', factor = 1) => {
      let document = -1;
      for (const code of numbers(list)) {
        document += Math.floor(code / 16) + 1;
        worth[document] = Math.max(worth[document], ((code % 8) + 1 + (code % 16 > 7 ? 200 : 0)) * factor);
      }
    };
    const shard = index.shardOf(word);
    const { words, lists } = await terms(shard);
    const at = upTo(words, word) - 1;
    const found = words[at] === word;
    if (found) add(lists[at]);
    if (exact || (found && !open) || !word[1]) return worth;
    // Words that only begin so count less.
    const end = `${word}\uffff`;
    for (let number = shard; number <= index.shardOf(end); number++) {
      if (number > shard && (budget.spent += index.sizes[number]) > BUDGET) {
        budget.cut = true;
        break;
      }
      const { words, lists } = await terms(number);
      for (let at = upTo(words, word); words[at] < end; at++) add(lists[at], 0.5);
    }
    return worth;
  }

  /** The documents that may answer a query, the best first, and those that lie only perhaps in the period. */
  async function search({ q = '', kind = '', from = '', to = '' }) {
    const index = await manifest();
    const asked = groups(q);
    // Of a phrase, all words must be there; whether they stand side by side shows when the text is there.
    const single = asked.flatMap((group) => (group.words[1] ? group.words.map((word) => ({ words: [word], open: false, exact: true })) : [group]));
    const shards = [...new Set(single.map(({ words: [word] }) => index.shardOf(word)))];
    const budget = { spent: shards.reduce((sum, shard) => sum + index.sizes[shard], 0), cut: false };
    await Promise.all(shards.map(terms));
    const [titles, scores] = [new Float32Array(index.documents), new Float32Array(index.documents)];
    let results = [...scores.keys()];
    for (const group of single) {
      const worth = await worthOf(index, group, budget);
      const count = worth.reduce((sum, points) => sum + Math.sign(points), 0);
      const rarity = Math.log(1 + (index.documents - count + 0.5) / (count + 0.5));
      results = results.filter((document) => worth[document]);
      for (const document of results) {
        titles[document] += Math.floor(worth[document] / 100);
        scores[document] += (worth[document] % 100) * rarity;
      }
    }
    const perhaps = new Set();
    const [start, end] = [day(from), day(to, true)];
    results = results.filter((document) => {
      const { kind: own, first, last } = index.facets[document];
      if (kind && index.kinds[own][0] !== kind) return false;
      if (!from && !to) return true;
      if (first < start || last > end) perhaps.add(document);
      return last >= start && first <= end;
    });
    results.sort((a, b) => titles[b] - titles[a] || scores[b] - scores[a] || a - b);
    return { index, results, perhaps, asked, cut: budget.cut };
  }

  /** The number of the first or last day of a year, month or day, counted as the index counts. */
  function day(text = '', last = false) {
    if (!text) return last ? Infinity : -Infinity;
    const date = new Date(text);
    if (last && text.length < 10) date.setUTCMonth(date.getUTCMonth() + (text.length < 5 ? 12 : 1), 0);
    return date.getTime() / 864e5 + 719468;
  }

  /** Whether every phrase stands in one of the lines. @param {string[]} lines @param {Group[]} asked */
  const stands = (lines, asked) => asked.every(({ words }) => !words[1] || lines.some((line) => {
    const all = tokens(line);
    return all.some((/** @type {any} */ _, /** @type {number} */ at) => words.every((word, step) => all[at + step]?.word === word));
  }));

  // The page

  const get = (id = '') => /** @type {any} */ (document.getElementById(id));
  const [form, list, more, status, field] = ['_search', '_results', '_more', '_status', '_q'].map(get);
  const say = list.dataset;

  function element(name = '', className = '', /** @type {(Node | string)[]} */ ...inside) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...inside);
    return made;
  }

  /** The words of a text that were asked for. @param {string} text @param {Group[]} asked */
  const hits = (text, asked) => tokens(text).filter((/** @type {any} */ { word }) =>
    asked.some(({ words, exact }) => words.includes(word) || (!exact && !words[1] && words[0][1] && word.startsWith(words[0]))));

  /** A text with those words marked. @param {string} text @param {Group[]} asked */
  function marked(text, asked) {
    const pieces = [];
    let from = 0;
    for (const { start, end } of hits(text, asked)) {
      if (start >= from) pieces.push(text.slice(from, start), element('mark', '', text.slice(start, end)));
      from = end;
    }
    return [...pieces, text.slice(from)];
  }

  /** The line that has most of those words, cut around the first. @param {string} text @param {Group[]} asked */
  function excerpt(text, asked) {
    const lines = text.split('\n').map((line) => ({ line, found: hits(line, asked) }));
    const rank = ({ line = '', found = [{ word: '' }] }) => new Set(found.map(({ word }) => word)).size * (stands([line], asked) ? 9 : 1);
    const { line, found } = lines.reduce((best, other) => (rank(other) > rank(best) ? other : best));
    const at = found[0]?.start ?? 0;
    const from = at < EXCERPT * 0.7 ? 0 : line.indexOf(' ', at - 60) + 1;
    const to = line.length - from <= EXCERPT ? line.length : Math.max(line.lastIndexOf(' ', from + EXCERPT), at + 40);
    return [from ? '… ' : '', ...marked(line.slice(from, to), asked), to < line.length ? ' …' : ''];
  }

  let turn = 0; // the search in hand: what comes late of an older one is not shown

  /** Does what fails where a file is missing. @param {() => Promise<void>} work */
  async function attempt(work) {
    const mine = turn;
    await work().catch(() => mine === turn && (status.textContent = say.failed));
  }

  async function run() {
    const mine = ++turn;
    const clear = () => {
      list.replaceChildren();
      more.hidden = true;
      status.textContent = '';
    };
    if (!entries().length || !form.reportValidity()) return clear();
    const { index, results, perhaps, asked, cut } = await search(Object.fromEntries(entries()));
    const part = async (family = '', size = 0, document = 0) => (await load(family, Math.floor(document / size)))[document % size];
    const title = (document = 0) => part('titles', index.titles, document);
    const text = (document = 0) => part('texts', index.texts, document);

    // Excerpts are loaded for results in sight.
    const sight = new IntersectionObserver((seen) => seen.filter((row) => row.isIntersecting).forEach(({ target }) => attempt(async () => {
      sight.unobserve(target);
      target.lastElementChild?.append(...excerpt(await text(Number(target.id.slice(2))), asked));
    })));

    let shown = 0;
    async function append(document = 0) {
      const [url, name, date] = await title(document);
      if (mine !== turn) return;
      if (!shown++) clear();
      const [id, kind, family] = index.kinds[index.facets[document].kind];
      const facts = element('p', 'event-facts', element('span', `kind family-${family}`, element('span', family && `glyph glyph-${id}`), kind));
      if (date) facts.prepend(element('span', '', date));
      if (perhaps.has(document)) facts.append(element('em', '', say.possibly));
      const link = Object.assign(element('a', '', ...marked(name, asked)), { href: url });
      const row = Object.assign(element('li', '', element('h2', 'event-title', link), facts, element('p', 'excerpt')), { id: `_r${document}` });
      list.append(row);
      sight.observe(row);
    }

    const phrases = asked.some(({ words }) => words[1]);
    const found = phrases ? [] : results;
    for (const document of results.slice(0, phrases ? READ : PAGE)) {
      if (phrases && stands([...(await title(document)), ...(await text(document)).split('\n')], asked)) found.push(document);
      if (shown < Math.min(found.length, PAGE)) await append(document);
      if (mine !== turn) return;
      // The first result was not kept waiting by the others.
      if (shown === 1) results.slice(0, PAGE).forEach(title);
    }
    if (!shown) clear();
    const partly = cut ? say.cut : found !== results && results.length > READ ? say.partly : '';
    status.textContent = `${shown ? say.count.replace('{count}', found.length) : say.none} ${partly}`.trim();
    more.hidden = shown >= found.length;
    more.onclick = () => attempt(async () => {
      const first = shown;
      for (const document of found.slice(shown, shown + PAGE)) await append(document);
      more.hidden = shown >= found.length;
      links()[first]?.focus();
    });
  }

  // Address and keys

  /** What the fields say. @returns {[string, string][]} */
  const entries = () => /** @type {any} */ ([...new FormData(form)].filter(([, text]) => text));

  let settled = true; // whether going back should find the address in hand again

  /** Keeps the address in step: a new entry of the history for a new search, the same one while it is typed. */
  function go(settle = true) {
    const address = `${new URLSearchParams(entries())}`;
    if (address !== location.search.slice(1)) history[settled ? 'pushState' : 'replaceState'](null, '', address ? `?${address}` : location.pathname);
    settled = settle;
    attempt(run);
  }

  function restore() {
    const address = new URLSearchParams(location.search);
    for (const field of form.querySelectorAll('[name]')) field.value = address.get(field.name) ?? '';
    settled = true;
    attempt(run);
  }

  let timer = 0;
  const later = (settle = true, delay = 0) => {
    clearTimeout(timer);
    timer = setTimeout(go, delay, settle);
  };
  field.addEventListener('input', () => later(false, 120));
  form.addEventListener('change', (/** @type {Event} */ { target }) => target !== field && later());
  form.addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault();
    later();
  });
  addEventListener('popstate', restore);

  /** @returns {HTMLElement[]} */
  const links = () => [...list.querySelectorAll('a')];
  addEventListener('keydown', (event) => {
    const all = links();
    const at = all.findIndex((link) => link === document.activeElement);
    if ((at < 0 && document.activeElement !== field) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    /** @type {Record<string, HTMLElement | undefined>} */
    const moves = at < 0 ? { ArrowDown: all[0] } : { ArrowDown: all[at + 1], ArrowUp: all[at - 1] ?? field, Home: all[0], End: all[all.length - 1], Escape: field };
    if (moves[event.key]) event.preventDefault();
    moves[event.key]?.focus();
  });

  restore();
})();
