// Filters the timeline by words, period and choices, combined. The state is in the address: it can be shared, and
// going back works.
//
// It needs data.js and chart.js, and on the page the element `.filters` with its fields and, in `data-…`, the words
// for this script; the list `.years`; the sections `.results` and `.possibly`; and the chart `.overview`. It does
// nothing if there is no `.filters`. Without this script the page shows all events.
(() => {
'use strict';
const { one, all, make } = annals;
const { FACETS, KIND, ACTOR, PLACE, CONFIDENCE, nameOf } = annalsFilterData;
const ROWS_AT_ONCE = 50; // where the page does not list the events itself

const form = one('.filters');
if (!form) return;
const { year, ...words } = form.dataset;
const filled = (text, value) => text.replace('%1', value);
const [q, from, to] = ['q', 'from', 'to'].map((name) => one(`[name=${name}]`, form));
const [status, clear] = [one('.filter-status', form), one('.filter-clear', form)];
const [results, possibly] = [one('section.results'), one('section.possibly')];
const listed = all('.years .event[data-event]');

// The data, loaded once, when it is first needed

/** @type {any} */
let data; // the choices of all facets, and the events that the page is about
let options = []; // the choices that occur in those events, as the page offers them
let loading;

const ofThisPage = (events) => (listed.length
  ? listed.map((element) => Object.assign(events[element.dataset.event], { element }))
  : events.filter((event) => !year || event.year === Number(year)));

const withData = (then) => {
  loading ??= annalsFilterData.load(ofThisPage, () => { if (q.value) apply(); }).then((loaded) => {
    data = loaded;
    options = FACETS.flatMap(optionsOf);
  });
  loading.then(then, () => { status.textContent = words.failed; });
};

/** Fills the list of a facet with the choices that occur on this page. */
const optionsOf = (name, facet) => {
  const present = new Set(data.events.flatMap(({ values }) => values[facet]));
  const offered = data.choices[name].flatMap(([id, text, family], value) => {
    if (!present.has(value)) return [];
    const box = Object.assign(make('input'), { type: 'checkbox', name, value: id, onchange: commit });
    const count = make('span', 'count');
    const glyph = family ? [make('i', `glyph glyph-${id} family-${family}`)] : [];
    const label = make('label', '', box, ...glyph, make('span', 'choice-name', text), count);
    return { facet, value, text, box, count, label };
  });
  one(`[data-facet=${name}] ul`, form).replaceChildren(...offered.map(({ label }) => make('li', '', label)));
  return offered;
};

// The state: in the controls, and in the address

const chosen = () => options.filter(({ box }) => box.checked);
const filledIn = () => [q, from, to].filter((input) => input.value.trim());
const setControls = (query) => {
  for (const input of [q, from, to]) input.value = query.get(input.name) ?? '';
  for (const { box } of options) box.checked = query.getAll(box.name).includes(box.value);
};
const writeAddress = (how) => {
  const inputs = [...filledIn(), ...chosen().map(({ box }) => box)];
  annals.write(how, inputs.map((input) => [input.name, input.value.trim()]));
};

// What is shown

/** An event in a list of results: a copy of the page's own, or one made from the data. */
const rowOf = ({ element, url, title, when, mark, importance, values, family }) => {
  if (element) return Object.assign(element.cloneNode(true), { hidden: false });
  const [id, kindName] = data.choices.kind[values[KIND][0]];
  const link = Object.assign(make('a', '', title), { href: annals.root + url });
  const kind = make('bdi', 'kind', make('i', `glyph glyph-${id}`), kindName);
  const namesOf = (facet) => make('bdi', '', values[facet].map(nameOf(facet)).join(', '));
  const names = [ACTOR, PLACE].filter((facet) => values[facet].length).map(namesOf);
  const levels = values[CONFIDENCE].filter(Boolean).map(nameOf(CONFIDENCE));
  const confidence = levels.map((level) => make('bdi', 'confidence', level));
  const facts = annals.facts([kind, ...names, ...confidence]);
  const date = make('p', 'event-date', make('span', `mark ${mark}`), when);
  const text = make('div', 'event-text', make('h3', 'event-title', link), facts);
  return make('li', `event importance-${importance} family-${family}`, date, text);
};

const appenders = new Map(); // by section: what shows more of its events
const showIn = (section, events) => {
  const [rows, more] = [one('ol', section), make('button', 'more')];
  const append = (count = ROWS_AT_ONCE) => {
    const shown = rows.children.length;
    rows.append(...events.slice(shown, shown + count).map(rowOf));
    const rest = events.length - rows.children.length;
    more.textContent = filled(words.more, Math.min(ROWS_AT_ONCE, rest));
    if (!rest) more.remove();
    return rows.children[shown];
  };
  more.onclick = () => one('a', append()).focus();
  section.hidden = !events.length;
  rows.replaceChildren();
  one('.more', section)?.remove();
  section.append(more);
  append();
  appenders.set(section, append);
};
// Paper has room for all.
addEventListener('beforeprint', () => { for (const append of appenders.values()) append(Infinity); });

let matching; // events, once the controls have been applied
/** What there is to take away (take.js). */
annals.matching = () => new Promise(withData).then(() => matching ?? data.events);

/** Shows what matches the controls. */
const apply = () => {
  const [start, end] = annalsDates.period(from, to, isTypingDate);
  const isPeriod = start > -Infinity || end < Infinity;
  const isFiltered = Boolean(q.value.trim()) || isPeriod || chosen().length > 0;
  const wantedOf = (_, facet) => chosen().flatMap((option) => (option.facet === facet ? option.value : []));
  const wanted = FACETS.map(wantedOf);
  const { certain, possible, counts } = annalsFilterData.match(q.value, start, end, wanted);
  document.body.classList.toggle('is-filtered', isFiltered);
  matching = certain;
  showEvents(isFiltered, certain, possible);
  const sentence = isFiltered ? filled(words.status, certain.length) : words.all;
  const addition = isFiltered && possible.length ? `, ${filled(words.possibly, possible.length)}` : '';
  if (status.textContent !== sentence + addition) status.textContent = sentence + addition;
  clear.hidden = !filledIn().length && !isFiltered;
  for (const { facet, value, count, label } of options) {
    count.textContent = counts[facet][value];
    label.classList.toggle('is-none', !counts[facet][value]);
  }
  FACETS.forEach((name, facet) => {
    one(`[data-facet=${name}] .facet-count`, form).textContent = wanted[facet].length || '';
  });
  showChosen(isPeriod);
  showInChart(isFiltered ? [...certain, ...possible] : [], data.choices.families, isFiltered, start, end);
};

/** Shows events where the page lists them, or else in a list of results. */
const showEvents = (isFiltered, certain, possible) => {
  if (listed.length) {
    const matching = new Set(certain);
    for (const event of data.events) event.element.hidden = isFiltered && !matching.has(event);
    for (const part of all('.years .month, .years .year')) part.hidden = !one('.event:not([hidden])', part);
  } else one('.years').hidden = isFiltered;
  showIn(results, isFiltered && !listed.length ? certain : []);
  showIn(possibly, isFiltered ? possible : []);
};

/** Shows what is chosen, each with a button that removes it; on paper, which has no fields, the words too. */
const showChosen = (isPeriod) => {
  const removals = chosen().map(({ text, box }) => [text, () => { box.checked = false; }]);
  const empty = () => { from.value = to.value = ''; };
  if (isPeriod) removals.push([`${from.value || '…'} – ${to.value || '…'}`, empty]);
  one('.chosen', form).replaceChildren(...removals.map(([text, remove]) => {
    const button = { type: 'button', ariaLabel: filled(words.remove, text), onclick: () => commitByButton(remove) };
    return make('li', '', Object.assign(make('button', 'chip', text), button));
  }));
  if (q.value.trim()) one('.chosen', form).prepend(make('li', 'for-paper', `“${q.value.trim()}”`));
};

// What the reader does

/** Shows what the controls say, as a state that one can go back from. */
const commit = () => {
  writeAddress('pushState');
  apply();
};
/** The same by a button that disappears: the focus goes to the words. */
const commitByButton = (change) => {
  change();
  commit();
  q.focus({ preventScroll: true });
};

let isTypingDate = false;
for (const input of [q, from, to]) {
  input.oninput = () => {
    isTypingDate = input !== q;
    writeAddress('replaceState');
    withData(apply);
  };
  input.onchange = () => {
    if (isTypingDate) withData(apply);
    isTypingDate = false;
  };
}
clear.onclick = () => commitByButton(() => setControls(new URLSearchParams()));

/** A month as one types it: an ISO date without day and time. */
const typedMonth = (month) => new Date(new Date(0).setUTCFullYear(0, month)).toISOString().replace(/-..T.*/, '');
const showInChart = annalsFilterChart(one('.overview'), () => withData(), (first, last) => {
  [from.value, to.value] = [first, last].map(typedMonth);
  withData(commit);
});

// One list of choices is open at a time; Escape and leaving it close it.
const closeOthers = (event) => {
  for (const facet of all('details[open]', form)) facet.open = facet.contains(event.target);
};
addEventListener('pointerdown', closeOthers);
form.onkeydown = (event) => {
  const open = one('details[open]', form);
  if (event.key !== 'Escape' || !open) return;
  open.open = false;
  one('summary', open).focus();
};
for (const facet of all('.facet', form)) {
  facet.ontoggle = () => { if (facet.open) one('fieldset', facet).scrollIntoView({ block: 'nearest' }); };
}
form.addEventListener('focusin', (event) => {
  closeOthers(event);
  if (!loading) withData(apply);
});
const restore = () => {
  const query = new URLSearchParams(location.search);
  if (!`${query}` && !loading) return;
  withData(() => {
    setControls(query);
    apply();
  });
};
addEventListener('popstate', restore);
annals.keepFields(form);
restore();
})();
