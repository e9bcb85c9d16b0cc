// Narrows the timeline down by words, period and choices, combined. The state is in the address: it can be shared, and
// the way back works. Without this script the page is whole.
(() => {
'use strict';
const { one, all, make, load, clamp } = annals;
const { monthOf, period, within } = annalsDates;
const FACETS = ['kind', 'actor', 'place', 'process', 'confidence'];
const [KIND, ACTOR, PLACE, PROCESS, CONFIDENCE] = FACETS.keys();
const PAGE = 50; // rows shown at once where the page does not list the events itself

const form = one('.filters');
if (!form) return;
const { root, year: pageYear, ...words } = form.dataset;
const filled = (text, value) => text.replace('%1', value);
const [q, from, to] = ['q', 'from', 'to'].map((name) => one(`[name=${name}]`, form));
const [status, clear] = [one('.filter-status', form), one('.filter-clear', form)];
const [results, possibly] = [one('section.results'), one('section.possibly')];
const listed = all('.years .event[data-event]');

// The data, loaded once, when it is first wanted

let choices; // by facet: id, name, and the family of a kind
let scope = []; // the events that this page is about
let options = []; // the choices that occur in them, as the page offers them
let summaries = [];
let loading;

globalThis.annalsEvents = (data) => {
  choices = data.choices;
  const events = data.events.map(eventOf);
  scope = listed.length
    ? listed.map((element) => Object.assign(events[element.dataset.event], { element }))
    : events.filter(({ first }) => !pageYear || Math.floor(monthOf(first) / 12) === Number(pageYear));
  options = FACETS.flatMap(offer);
  load(`${root}filter/summaries.js`).catch(() => {}); // titles and names are there
};
globalThis.annalsSummaries = (data) => {
  summaries = data;
  for (const event of scope) event.text = '';
  foldSome(0);
  if (q.value) apply();
};
const ready = (then) => {
  loading ??= load(`${root}filter/events.js`);
  loading.then(then, () => { status.textContent = words.failed; });
};

/** A row of filter/events.js with what every keystroke asks of it. Certain days are in a row: from, to, from, to … */
const eventOf = ([url, title, when, mark, earliest, latest, certain, kind, actors, places, processes, confidence, importance, isDoubtful], index) => {
  const first = earliest ?? latest;
  const column = columnOf(monthOf(certain[0] ?? first));
  const isSure = certain.length || columnOf(monthOf(latest ?? first)) === column;
  return {
    index, url, title, when, mark, first, importance, isDoubtful,
    certain: certain.flatMap((day, at) => (at % 2 ? [] : [[day, certain[at + 1]]])),
    earliest: earliest ?? -Infinity,
    latest: latest ?? Infinity,
    family: choices.kind[kind][2],
    column: isSure ? column : -1, // of the chart
    values: [[kind], actors, places, processes, [confidence]], // by facet
    text: '',
  };
};
const nameOf = (facet) => (value) => choices[FACETS[facet]][value][1];
/** Folded, with a blank for all that is neither letter nor number. */
const folded = (text) => annalsText.fold(text).replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
/** What words are looked for in, folded. */
const textOf = (event) => {
  const names = [ACTOR, PLACE, PROCESS].flatMap((facet) => event.values[facet].map(nameOf(facet)));
  return (event.text ||= ` ${folded([event.title, summaries[event.index], ...names].join('\n'))} `);
};
/** Folds the texts some at a time, so that no keystroke waits for all of them. */
const foldSome = (start) => {
  scope.slice(start, start + 500).forEach(textOf);
  if (start < scope.length) setTimeout(foldSome, 0, start + 500);
};
/** Writes the choices of a facet that occur on this page. */
const offer = (name, facet) => {
  const present = new Set(scope.flatMap(({ values }) => values[facet]));
  const offered = choices[name].flatMap(([id, text, family], value) => {
    if (!present.has(value)) return [];
    const [box, count] = [Object.assign(make('input'), { type: 'checkbox', name, value: id, onchange: step }), make('span', 'count')];
    const glyph = family ? [make('i', `glyph glyph-${id} family-${family}`)] : [];
    return { facet, value, text, box, count, label: make('label', '', box, ...glyph, make('span', 'choice-name', text), count) };
  });
  one(`[data-facet=${name}] ul`, form).replaceChildren(...offered.map(({ label }) => make('li', '', label)));
  return offered;
};

// The state: in the controls, and in the address

const chosen = () => options.filter(({ box }) => box.checked);
const typed = () => [q, from, to].filter((input) => input.value.trim());
const show = (query) => {
  for (const input of [q, from, to]) input.value = query.get(input.name) ?? '';
  for (const { box } of options) box.checked = query.getAll(box.name).includes(box.value);
};
const write = (how) => {
  const inputs = [...typed(), ...chosen().map(({ box }) => box)];
  annals.write(how, inputs.map((input) => [input.name, input.value.trim()]));
};

// What is in and what is not

/** What is looked for, each as texts of which one must be there. Phrases are whole words. */
const soughtIn = (query) => {
  const found = [];
  for (const [piece, quoted] of annalsText.straight(query).slice(0, 500).matchAll(/"([^"]*)"?|[^"\s]+/g)) {
    const text = folded(quoted ?? piece);
    if (text) found.push(quoted === undefined ? [text, ...annalsText.tokens(piece).slice(0, text.includes(' ') ? 0 : 1).flatMap(({ forms }) => forms)] : [` ${text} `]);
  }
  // A query without letter or digit finds nothing.
  return found[0] || !query.trim() ? found : [[]];
};
/** The events that are in, and for each choice how many it would leave. Every keystroke asks this of every event. */
const decide = (start, end) => {
  const sought = soughtIn(q.value);
  const every = [...FACETS.keys()];
  const wanted = every.map((facet) => chosen().flatMap((choice) => (choice.facet === facet ? choice.value : [])));
  const narrowing = every.filter((facet) => wanted[facet].length);
  const counts = FACETS.map((name) => choices[name].map(() => 0));
  const surely = [];
  const perhaps = [];
  for (const event of scope) {
    const is = within(event, start, end);
    if (!is || !sought.every((texts) => texts.some((text) => textOf(event).includes(text)))) continue;
    const faults = narrowing.filter((facet) => {
      const isIn = (value) => event.values[facet].includes(value);
      // All chosen actors must have taken part; of the other facets one choice is enough.
      return !(facet === ACTOR ? wanted[facet].every(isIn) : wanted[facet].some(isIn));
    });
    if (!faults.length) (is > 1 ? surely : perhaps).push(event);
    // An event that one facet alone keeps out is counted at the other choices of that facet.
    const counted = !faults.length ? every : faults.length === 1 && faults[0] !== ACTOR ? faults : [];
    for (const facet of counted) for (const value of event.values[facet]) counts[facet][value] += 1;
  }
  return { surely, perhaps, wanted, counts };
};

// What is shown

const item = ({ element, index, url, title, when, mark, importance, values, family }) => {
  if (element) return Object.assign(element.cloneNode(true), { hidden: false });
  const [id, kind] = choices.kind[values[KIND][0]];
  const link = Object.assign(make('a', '', title), { href: root + url });
  const ofKind = make('bdi', 'kind', make('i', `glyph glyph-${id}`), kind);
  const names = [ACTOR, PLACE].filter((facet) => values[facet].length).map((facet) => make('bdi', '', values[facet].map(nameOf(facet)).join(', ')));
  const confidence = values[CONFIDENCE].filter(Boolean).map((level) => make('bdi', 'confidence', nameOf(CONFIDENCE)(level)));
  const facts = annals.facts([ofKind, ...names, ...confidence]);
  const date = make('p', 'event-date', make('span', `mark ${mark}`), when);
  const text = make('div', 'event-text', make('h3', 'event-title', link), facts);
  return make('li', `event importance-${importance} family-${family}`, date, text);
};
const appends = new Map(); // by list: what shows more of it
const list = (section, events) => {
  const [rows, more] = [one('ol', section), make('button', 'more')];
  const append = (count = PAGE) => {
    const shown = rows.children.length;
    rows.append(...events.slice(shown, shown + count).map(item));
    const left = events.length - rows.children.length;
    more.textContent = filled(words.more, Math.min(PAGE, left));
    if (!left) more.remove();
    return rows.children[shown];
  };
  more.onclick = () => one('a', append()).focus();
  section.hidden = !events.length;
  rows.replaceChildren();
  one('.more', section)?.remove();
  section.append(more);
  append();
  appends.set(section, append);
};
// Paper has room for all.
addEventListener('beforeprint', () => { for (const append of appends.values()) append(Infinity); });
const apply = () => {
  const [start, end] = period(from, to, isTyping);
  const isPeriod = start > -Infinity || end < Infinity;
  const isActive = Boolean(q.value.trim()) || isPeriod || chosen().length > 0;
  const { surely, perhaps, wanted, counts } = decide(start, end);
  document.body.classList.toggle('is-filtered', isActive);
  if (listed.length) {
    const left = new Set(surely);
    for (const event of scope) event.element.hidden = isActive && !left.has(event);
    for (const part of all('.years .month, .years .year')) part.hidden = !one('.event:not([hidden])', part);
  } else one('.years').hidden = isActive;
  list(results, isActive && !listed.length ? surely : []);
  list(possibly, isActive ? perhaps : []);
  const told = [isActive ? filled(words.status, surely.length) : words.all];
  if (isActive && perhaps.length) told.push(filled(words.possibly, perhaps.length));
  const sentence = told.join(', ');
  if (status.textContent !== sentence) status.textContent = sentence;
  clear.hidden = !typed().length && !isActive;
  for (const { facet, value, count, label } of options) {
    count.textContent = counts[facet][value];
    label.classList.toggle('is-none', !counts[facet][value]);
  }
  FACETS.forEach((name, facet) => { one(`[data-facet=${name}] .facet-count`, form).textContent = wanted[facet].length || ''; });
  chips(isPeriod);
  // A year without results is no link.
  for (const [link, href, target] of links) {
    if (target.closest('[hidden]')) link.removeAttribute('href');
    else link.setAttribute('href', href);
  }
  draw(isActive ? [...surely, ...perhaps] : []);
  stacks.classList.toggle('is-behind', isActive);
  selection.hidden = !isPeriod;
  select(shareOf(start, 0), shareOf(end, 1));
};
/** What is chosen, each with a button that takes it out; the words too on paper, which has no fields. */
const chips = (isPeriod) => {
  const taken = chosen().map(({ text, box }) => [text, () => { box.checked = false; }]);
  if (isPeriod) taken.push([`${from.value || '…'} – ${to.value || '…'}`, () => { from.value = to.value = ''; }]);
  one('.chosen', form).replaceChildren(...taken.map(([text, takeOut]) => {
    const chip = { type: 'button', ariaLabel: filled(words.remove, text), onclick: () => again(takeOut) };
    return make('li', '', Object.assign(make('button', 'chip', text), chip));
  }));
  if (q.value.trim()) one('.chosen', form).prepend(make('li', 'for-paper', `“${q.value.trim()}”`));
};

// The chart: columns of what is left, and a period drawn on it

const figure = one('.overview');
const plot = one('.plot', figure);
const stacks = one('.stacks', plot);
const [axis, unit, width] = [figure.dataset.first, figure.dataset.unit, figure.dataset.columns].map(Number);
const selection = make('div', 'selection');
/** The links to places on this page: link, address, place. */
const links = all('a[href^="#"]', figure).map((link) => {
  const href = link.getAttribute('href');
  return [link, href, document.getElementById(href.slice(1))];
}).filter(([, , target]) => target);
const svg = (tag) => document.createElementNS(stacks.namespaceURI, tag);
const left = svg('g');
const columnOf = (month) => Math.floor((month - axis) / unit);
const shareOf = (day, further) => clamp(Number.isFinite(day) ? (monthOf(day) + further - axis) / unit / width : day, 0, 1);
const select = (start, end) => { selection.style.insetInline = `${start * 100}% ${100 - end * 100}%`; };
const draw = (events) => {
  const foot = new Array(width).fill(stacks.viewBox.baseVal.height);
  left.replaceChildren(...choices.families.map((family) => {
    const heights = new Array(width).fill(0);
    for (const event of events) if (event.family === family && event.column in heights) heights[event.column] += 1;
    const path = svg('path');
    path.setAttribute('class', `family-${family}`);
    path.setAttribute('d', heights.map((height, at) => (height ? `M${at}.1 ${foot[at] -= height}h.8v${height}h-.8z` : '')).join(''));
    return path;
  }));
};
stacks.append(left);
plot.prepend(Object.assign(selection, { hidden: true }));
let start = -1; // the column where a drag began
let drawn; // the first and the last that it has gone over
const columnAt = (event) => {
  const box = plot.getBoundingClientRect();
  const share = (event.clientX - box.left) / box.width;
  return clamp(Math.floor((getComputedStyle(plot).direction === 'rtl' ? 1 - share : share) * width), 0, width - 1);
};
/** A month as one types it: an ISO date without day and time. */
const typedMonth = (month) => new Date(new Date(0).setUTCFullYear(0, month)).toISOString().replace(/-..T.*/, '');
Object.assign(plot, {
  onpointerdown: (event) => {
    ready();
    [start, drawn] = [event.button ? -1 : columnAt(event), undefined];
  },
  onpointermove: (event) => {
    const at = columnAt(event);
    if (start < 0 || (!drawn && at === start)) return;
    if (!drawn) plot.setPointerCapture(event.pointerId);
    drawn = [Math.min(start, at), Math.max(start, at)];
    selection.hidden = false;
    select(drawn[0] / width, (drawn[1] + 1) / width);
  },
  onpointerup: () => {
    if (start >= 0 && drawn) {
      [from.value, to.value] = [typedMonth(axis + drawn[0] * unit), typedMonth(axis + (drawn[1] + 1) * unit - 1)];
      ready(step);
    }
    start = -1;
    setTimeout(() => { drawn = undefined; });
  },
  onpointercancel: () => { [start, drawn] = [-1, undefined]; },
  ondragstart: () => false,
  // The end of a drag is no click on a year; the browser makes one of it at once.
  onclick: () => !drawn,
});

// What the reader does

const step = () => {
  write('pushState');
  apply();
};
/** A step by a button that goes with it: the focus goes on to the words. */
const again = (change) => {
  change();
  step();
  q.focus({ preventScroll: true });
};
let isTyping = false; // a date
for (const input of [q, from, to]) {
  input.oninput = () => {
    isTyping = input !== q;
    write('replaceState');
    ready(apply);
  };
  input.onchange = () => {
    if (isTyping) ready(apply);
    isTyping = false;
  };
}
clear.onclick = () => again(() => show(new URLSearchParams()));
// One list of choices is open at a time; Escape and leaving it close it.
const close = (event) => {
  for (const facet of all('details[open]', form)) facet.open = facet.contains(event.target);
};
addEventListener('pointerdown', close);
form.onkeydown = (event) => {
  const open = one('details[open]', form);
  if (event.key !== 'Escape' || !open) return;
  open.open = false;
  one('summary', open).focus();
};
for (const facet of all('.facet', form)) facet.ontoggle = () => { if (facet.open) one('fieldset', facet).scrollIntoView({ block: 'nearest' }); };
form.addEventListener('focusin', (event) => {
  close(event);
  if (!loading) ready(apply);
});
const restore = () => {
  const query = new URLSearchParams(location.search);
  if (!`${query}` && !loading) return;
  ready(() => {
    show(query);
    apply();
  });
};
addEventListener('popstate', restore);
annals.keepFields(form);
restore();
})();
