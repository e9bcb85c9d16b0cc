// Filters the timeline by words, period and choices, combined. The state is in the address: it can be shared, and
// going back works.
//
// It needs data.js and chart.js, and on the page the element `.filters` with its fields, the sheet that they are in on
// a narrow screen and, in `data-…`, the words for this script; the list `.years`; the sections `.results` and
// `.possibly`; and the chart `.overview`. It does nothing if there is no `.filters`. Without this script the page shows
// all events.
(() => {
'use strict';
const { one, all, make } = annals;
const { FACETS, KIND, ACTOR, PLACE, CONFIDENCE, nameOf } = annalsFilterData;
const ROWS_AT_ONCE = 50; // events that are added to a list of results
const PLURALS = [0, 1, 2, 3, 6, 7, 21, 1e6, 11]; // each plural form of any language; data-show has its words

const form = one('.filters');
if (!form) return;
const { year, ...words } = form.dataset;
const filled = (text, value) => text.replace('%1', value);
const [q, from, to] = ['q', 'from', 'to'].map((name) => one(`[name=${name}]`, form));
const [opener, fields, outcome, status, chips, only, clear, sheet, show] = [
  'open', 'fields', 'outcome', 'status', 'chosen', 'only', 'clear', 'sheet', 'show',
].map((name) => one(`.filter-${name}`, form));
const [results, possibly] = [one('.results'), one('.possibly')];
const order = one('[name=order]', form);
const listed = all('.years .event[data-event]');

// The data, loaded once, when it is first needed

/** @type {any} */
let data; // the choices of all facets, and the events that the page is about
let options = []; // the choices that occur in those events, as the page offers them
let loading;

const ofThisPage = (events) => (listed.length
  ? listed.map((element) => Object.assign(events[element.dataset.event], { element }))
  : events.filter((event) => event.year === Number(year ?? event.year)));

const withData = (then) => {
  loading ??= annalsFilterData.load(ofThisPage, () => { if (q.value) apply(); }).then((loaded) => {
    data = loaded;
    // How many events have each choice, if nothing is chosen
    const { counts } = annalsFilterData.match('', -Infinity, Infinity, FACETS.map(() => []));
    options = FACETS.flatMap((name, facet) => optionsOf(name, facet, counts[facet]));
  });
  loading.then(then, () => { status.textContent = words.failed; });
};

/** Fills the list of a facet with the choices that occur on this page, most frequent first, and returns them. */
const optionsOf = (name, facet, counts) => {
  const list = one(`[data-facet=${name}]`, form);
  const find = one('input', list);
  const offered = data.choices[name].flatMap(([id, text, family], value) => {
    if (!counts[value]) return [];
    const box = Object.assign(make('input'), { type: 'checkbox', name, value: id, onchange: commit });
    const count = make('span', 'count');
    const glyph = family ? [make('i', `glyph glyph-${id} family-${family}`)] : [];
    const row = make('li', '', make('label', '', box, ...glyph, make('span', 'choice-name', text), count));
    return { facet, value, text, box, count, row };
  }).sort((a, b) => counts[b.value] - counts[a.value]);
  find.oninput = () => {
    const sought = annalsText.fold(find.value.trim());
    for (const { text, box, row } of offered) row.hidden = !box.checked && !annalsText.fold(text).includes(sought);
  };
  // Chosen options move to the top when the list opens or closes, not while the reader is choosing.
  list.ontoggle = () => {
    find.value = '';
    find.oninput();
    const sorted = [...offered].sort((a, b) => b.box.checked - a.box.checked);
    one('ul', list).replaceChildren(...sorted.map(({ row }) => row));
    if (list.open) one(sheet.open ? 'summary' : 'fieldset', list).scrollIntoView({ block: 'nearest' });
  };
  list.ontoggle();
  find.hidden = offered.length < 13;
  list.hidden = !offered[0];
  return offered;
};

// The state: in the controls, and in the address

const filledIn = () => all('input[name]:not([type=checkbox]:not(:checked))', form).filter(({ value }) => value.trim());
const narrowing = () => filledIn().filter((input) => input !== order);
const writeAddress = (how) => annals.write(how, filledIn().map(({ name, value }) => [name, value.trim()]));
const restore = () => {
  const query = new URLSearchParams(location.search);
  order.checked = query.has(order.name);
  arrange();
  if (location.search || loading) withData(() => {
    for (const input of [q, from, to]) input.value = query.get(input.name) ?? '';
    for (const { box } of options) box.checked = query.getAll(box.name).includes(box.value);
    apply();
  });
};

// What is shown

/** An event in a list of results: a copy of the page's own, or one made from the data. */
const rowOf = ({ element, url, title, when, mark, importance, values, family }) => {
  if (element) return Object.assign(element.cloneNode(true), { hidden: false });
  const facts = [KIND, ACTOR, PLACE, CONFIDENCE].flatMap((facet) => {
    // The first degree of confidence, confirmed, is the common case and not shown.
    const names = values[facet].filter((value) => value || facet !== CONFIDENCE).map(nameOf(facet));
    const more = facet === ACTOR && names.length > 2 ? `\u00a0+${names.splice(2).length}` : '';
    return names[0] ? make('bdi', FACETS[facet], names.join(', ') + more) : [];
  });
  const sign = mark === 'mark-day' ? `glyph glyph-${data.choices.kind[values[KIND]][0]}` : `mark ${mark}`;
  const link = Object.assign(make('a', '', title), { href: annals.root + url });
  const date = make('p', 'event-date', make('i', sign), make('bdi', '', when));
  const text = make('div', 'event-text', make('h3', 'event-title', link));
  return make('li', `event importance-${importance} family-${family}`, date, text, annals.facts(facts));
};

let isReversed = false;
/** Brings the lists into the chosen order. */
const arrange = () => {
  if (isReversed === order.checked) return;
  isReversed = order.checked;
  for (const list of all('.years, .year-months, .years ol')) list.append(...[...list.children].reverse());
};

const showIn = (section, events) => {
  if (isReversed) events.reverse();
  const [rows, more] = [one('ol', section), one('button', section)];
  more.showMore = (count) => {
    const shown = rows.children.length;
    rows.append(...events.slice(shown, shown + count).map(rowOf));
    const rest = events.length - rows.children.length;
    more.textContent = filled(words.more, Math.min(ROWS_AT_ONCE, rest));
    more.hidden = !rest;
    return rows.children[shown];
  };
  more.onclick = () => one('a', more.showMore(ROWS_AT_ONCE)).focus();
  rows.replaceChildren();
  section.hidden = !more.showMore(ROWS_AT_ONCE);
};

let matching; // events, once the controls have been applied
/** Returns a promise of the events that take.js copies: those that certainly match, or all before anything is
 *  filtered. */
annals.matching = () => new Promise(withData).then(() => matching ?? data.events);

/** Shows what matches the controls. */
const apply = () => {
  const [start, end] = annalsDates.period(from, to, isTypingDate);
  const chosen = options.filter(({ box }) => box.checked);
  const wanted = FACETS.map((_, at) => chosen.flatMap(({ facet, value }) => (facet === at ? value : [])));
  const { certain, possible, counts } = annalsFilterData.match(q.value, start, end, wanted);
  const isFiltered = showChosen(chosen, start > -Infinity || end < Infinity);
  document.body.classList.toggle('is-filtered', isFiltered);
  matching = certain;
  showEvents(isFiltered, certain, possible);
  const more = possible[0] ? filled(words.possibly, possible.length) : '';
  const sentence = (isFiltered ? filled(words.status, certain.length) : words.all) + (more && `, ${more}`);
  if (status.textContent !== sentence) status.textContent = sentence;
  const plurals = new Intl.PluralRules(document.documentElement.lang);
  const plural = PLURALS.findIndex((count) => plurals.select(count) === plurals.select(certain.length));
  show.textContent = filled(words.show.split('|').at(plural), certain.length);
  clear.hidden = !narrowing()[0];
  for (const { facet, value, count, row } of options) {
    count.textContent = counts[facet][value];
    row.classList.toggle('is-none', !counts[facet][value]);
  }
  showInChart(isFiltered ? [...certain, ...possible] : [], data.choices.families, isFiltered, start, end);
};

/** Shows events where the page lists them, or else in a list of results. */
const showEvents = (isFiltered, certain, possible) => {
  if (listed.length) {
    const matching = new Set(certain);
    for (const event of data.events) event.element.hidden = !matching.has(event);
    for (const part of all('.years .month, .years .year')) part.hidden = !one('.event:not([hidden])', part);
  } else one('.years').hidden = isFiltered;
  showIn(results, isFiltered && !listed.length ? certain : []);
  showIn(possibly, possible);
};

/** Shows what is chosen, each with a button that removes it, and returns whether anything is. If the period begins with
 *  a month or another span and has no end, offers that span as the whole period. */
const showChosen = (options, isPeriod) => {
  const [first, last, query] = [from, to, q].map((input) => input.value.trim());
  const chosen = options.map(({ text, box }) => [text, box]);
  if (isPeriod) chosen.push([[...new Set([first || '…', last || '…'])].join(' – '), from, to]);
  if (query) chosen.unshift([`“${query}”`, q]);
  chips.replaceChildren(...chosen.map(([text, ...inputs]) => {
    const button = { type: 'button', ariaLabel: filled(words.remove, text), onclick: () => remove(inputs) };
    return make('li', '', Object.assign(make('button', 'chip', text), button));
  }));
  one('span', opener).textContent = chosen.length || '';
  const [[start, end] = []] = annalsDates.read(first);
  only.textContent = filled(words.only, first);
  only.hidden = last || !(start < end);
  return Boolean(chosen[0]);
};

// What the reader does

/** Shows what the controls say, as a state that one can go back from. */
const commit = () => {
  writeAddress('pushState');
  apply();
};
/** Empties fields, by a button that disappears: the focus goes to the status. */
const remove = (inputs) => {
  for (const input of inputs) {
    if (input.checked) input.checked = false;
    else input.value = '';
  }
  commit();
  status.focus();
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
order.onchange = () => {
  writeAddress('pushState');
  arrange();
  if (data) apply();
};
clear.onclick = () => remove(narrowing());
only.onclick = () => {
  to.value = from.value;
  remove([]);
};

/** Returns a month (days.js) as a reader would type it: 2017-11. */
const typedMonth = (month) => new Date(new Date(0).setUTCFullYear(0, month)).toISOString().replace(/-..T.*/, '');
const showInChart = annalsFilterChart(one('.overview'), () => withData(), (first, last) => {
  [from.value, to.value] = [first, last].map(typedMonth);
  withData(commit);
});

// A list of choices closes on Escape and when the reader leaves it; not in the sheet, where that would move what is
// under the finger.
const closeOthers = ({ target }) => {
  for (const facet of all('details[open]', form)) facet.open = sheet.open || facet.contains(target);
};
addEventListener('pointerdown', closeOthers);
form.onkeydown = (event) => {
  const open = one('details[open]', form);
  if (event.key !== 'Escape' || !open || sheet.open) return;
  open.open = false;
  one('summary', open).focus();
};

// The sheet
opener.onclick = () => {
  if (!one('details[open]', form)) one('[data-facet=actor]', form).open = true;
  show.before(fields, outcome);
  sheet.showModal();
};
const shut = () => {
  sheet.close();
  opener.after(fields, outcome);
};
sheet.onclick = ({ target }) => { if (target === sheet) shut(); };
sheet.onclose = shut;
show.onclick = () => {
  shut();
  const shown = all('.years, .results, .possibly').find((part) => part.offsetHeight) ?? form;
  shown.tabIndex = -1;
  shown.focus();
  shown.scrollIntoView();
};
addEventListener('beforeprint', () => {
  shut();
  for (const more of all('.more')) more.showMore?.(Infinity); // paper has room for all
});

form.addEventListener('focusin', (event) => {
  closeOthers(event);
  if (!loading) withData(apply);
});
addEventListener('popstate', restore);
annals.keepFields(form);
restore();
})();
