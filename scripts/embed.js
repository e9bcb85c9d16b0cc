// The page embed.html, the timeline in a frame of another site: it shows the events that its address asks for, and
// posts its height to the page around it.
//
// It needs days.js, the folder embed/ of the site (src/outputs/embed.rs), and the elements of templates/embed.html on a
// page in the root of the site. Without this script the page shows the latest events.
(() => {
'use strict';
const { dateOf, daysOf, within } = annalsDays;
const PARTS_AT_ONCE = 3;
const PLURALS = [0, 1, 2, 3, 6, 7, 21, 1e6, 11]; // each plural form of any language; data-count has its words

const page = document.documentElement;
const one = (selector) => document.querySelector(selector);
const make = (tag, className, ...inside) => {
  const element = Object.assign(document.createElement(tag), { className });
  element.append(...inside);
  return element;
};
const words = one('main').dataset;
const plurals = new Intl.PluralRules(page.lang);
const filled = (text, value) => text.replace('%1', () => value);
const [status, more, latest] = ['.embed-status', '.more', '.embed-latest'].map(one);
/** @type {any} */
const query = new URLSearchParams(location.search);
const asked = (name) => [...new Set(query.getAll(name).filter(Boolean))];
const isNewest = query.get('order') === 'newest';
const limit = Math.min(200, Math.abs(parseInt(query.get('limit'))) || 20);

const post = () => {
  const height = Math.ceil(page.getBoundingClientRect().height);
  parent.postMessage({ type: 'annals:resize', version: 1, height }, '*');
};
addEventListener('message', ({ data }) => { if (data?.type === 'annals:measure') post(); });

// The data. A selection, the events of an actor, of a process or all, is a head and parts. If something is wrong with
// the address, a string is thrown that tells the reader.

const loaded = new Map();
globalThis.annalsEmbed = (path, value) => loaded.set(path, value);
const load = async (path) => {
  const src = `embed/${encodeURIComponent(path).replace('%2F', '/')}.js`;
  if (/%(2F|5C)/.test(src)) throw src; // an id must not name a file in another folder
  if (!loaded.has(path)) await new Promise((onload, onerror) => {
    document.head.append(Object.assign(make('script'), { src, onload, onerror }));
  });
  return { path, ...loaded.get(path) };
};
const headsOf = (name) => Promise.all(asked(name).map(async (id) => {
  const head = await load(`${name}/${id}`).catch(() => ({}));
  if (head.name) return head;
  await load('all'); // fails if nothing can be loaded
  throw filled(words[name], id);
}));
/** Returns the first and last day of the year, month or day in a field of the address, and its words; infinite days
 *  without it. */
const daysIn = (name) => {
  const text = query.get(name)?.trim();
  if (!text) return [-Infinity, Infinity, '…'];
  /** @type {any[]} */
  const [, year, month, day] = /^(-?\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?$/.exec(text) ?? [];
  const [days] = year ? daysOf(year, month ? [month - 1, 1] : [0, 12], day) : [];
  if (!days) throw filled(words.wrong, text);
  /** @type {any} */
  const form = { timeZone: 'UTC', year: 'numeric', month: 'long', day: day && 'numeric' };
  return [...days, month ? dateOf(days[0]).toLocaleDateString(words.dates, form) : text];
};

/**
 * Reads the rows of some selections, a few parts at a time, and merges them in the order of the timeline, each event
 * once. Each selection is in that order: nothing can come before the last row that has been read of every selection.
 */
const rowsOf = (heads, start, end) => {
  const step = isNewest ? -1 : 1;
  const queues = heads.map(({ path, parts }) => {
    const rest = parts.flatMap(([first, last], at) => (
      (first ?? start) <= end && (last ?? end) >= start ? `${path}.${at}` : []));
    return { rest: isNewest ? rest.reverse() : rest, reached: -Infinity };
  });
  const unread = () => queues.filter(({ rest }) => rest[0]);
  const complete = () => Math.min(...unread().map(({ reached }) => reached));
  const waiting = new Map(); // rows by number
  return {
    goesOn: () => unread()[0],
    next: async () => {
      const behind = complete();
      const count = Math.ceil(PARTS_AT_ONCE / queues.length);
      await Promise.all(unread().filter(({ reached }) => reached === behind).map(async (queue) => {
        const parts = await Promise.all(queue.rest.slice(0, count).map(load));
        queue.rest.splice(0, count);
        for (const row of parts.flatMap(({ events }) => events)) {
          queue.reached = Math.max(queue.reached, step * row[0]);
          waiting.set(row[0], row);
        }
      }));
      const ready = complete();
      const rows = [...waiting.values()].filter(([number]) => step * number <= ready);
      for (const [number] of rows) waiting.delete(number);
      return rows.sort(([a], [b]) => step * (a - b));
    },
  };
};

const eventOf = ([, id, title, when, sign, className, facts, days, actors, processes]) => {
  const [first, last = first, ...sure] = days;
  return {
    actors,
    processes,
    earliest: first ?? -Infinity,
    latest: last ?? Infinity,
    certain: days[1] === undefined ? [[first, first]] : sure,
    isDoubtful: sign.includes(' is-'),
    row: () => {
      const link = make('a', '', title);
      link.href = `events/${id}.html`;
      return make('li', className,
        make('p', 'event-date', make('i', sign), make('bdi', '', when)),
        make('div', 'event-text', make('h3', 'event-title', link)),
        make('p', 'event-facts', ...facts.flatMap(([name, text]) => (
          [make('i', '', ' '), make('b', '', '·\u00a0'), make('span', name, make('bdi', '', text))])).slice(2)));
    },
  };
};

const tell = (problem) => {
  status.textContent = problem.at ? problem : words.failed; // only a string has the method at: it is for the reader
  latest.hidden = more.onclick; // some events are there already
};

const show = async () => {
  const other = words.others.split(' ').find((name) => query.get(name));
  if (other) throw filled(words.other, other);
  const [[start, , from], [, end, to]] = ['from', 'to'].map(daysIn);
  if (start > end) throw words.reversed;
  const [actors, processes] = await Promise.all(['actor', 'process'].map(headsOf));
  const title = [...processes, ...actors].map(({ name }) => name).join(', ');
  if (title) one('h1 a').textContent = document.title = title;

  // An event needs all chosen actors and at least one of the chosen processes. Of these conditions, the one with the
  // fewest events is read, and its events are checked for the others.
  const sizeOf = (heads) => heads.reduce((sum, { count }) => sum + count, 0);
  const choices = [...actors.map((actor) => [actor]), processes].filter(([head]) => head);
  const [heads = [await load('all')]] = choices.sort((a, b) => sizeOf(a) - sizeOf(b));
  const queue = rowsOf(heads, start, end);
  const isAlways = start === -Infinity && end === Infinity;
  const isAll = isAlways && !choices[1] && !heads[1];

  /** @type {any} */
  const found = { 1: [], 2: [] }; // possibly and certainly in the period
  const take = async () => {
    for (const row of await queue.next()) {
      const event = eventOf(row);
      const isOf = (list) => ({ number }) => list.includes(number);
      const fits = actors.every(isOf(event.actors)) && (!processes[0] || processes.some(isOf(event.processes)));
      if (fits) found[within(event, start, end)]?.push(event);
    }
  };
  let shown = 0;
  const showMore = async (click) => {
    while (queue.goesOn() && found[2].length <= shown + limit) await take();
    const events = queue.goesOn() ? found[2] : [...found[2], ...found[1]];
    const rows = events.slice(shown, shown + limit).map((event) => {
      const row = event.row();
      const section = one(found[1].includes(event) ? '.embed-possibly' : '.embed-events');
      section.hidden = false;
      section.lastElementChild.append(row);
      return row;
    });
    shown += rows.length;
    more.hidden = events.length === shown;
    more.textContent = filled(words.more, Math.min(limit, events.length - shown));
    const count = isAll ? heads[0].count : found[2].length;
    const plural = PLURALS.findIndex((other) => plurals.select(other) === plurals.select(count));
    status.replaceChildren(...[
      isAlways ? '' : [...new Set([from, to])].join(' – '),
      !events[0] ? words.none
        : filled(isAll || !queue.goesOn() ? words.count.split('|').at(plural) : words.least, count),
      queue.goesOn() || !found[1][0] ? '' : filled(words.possibly, found[1].length),
    ].filter(Boolean).flatMap((text, at) => [at ? ' · ' : '', make('bdi', '', text)]));
    if (click) rows[0].querySelector('a').focus();
  };
  more.onclick = (click) => showMore(click).catch(tell);
  await showMore();
};

// Links to the site show the same selection there.
const same = ['process', 'actor', 'from', 'to', 'order'].flatMap((name) => asked(name).map((value) => [name, value]));
for (const link of document.links) if (link.className === 'home') link.search = `${new URLSearchParams(same)}`;
page.dataset.theme = query.get('theme');
latest.hidden = true;
// The first message is sent when there is something to see, not by the observer: browsers run no observer in a frame
// that is out of view.
show().catch(tell).then(() => {
  post();
  new ResizeObserver(post).observe(page);
});
})();
