// The events that filters choose from: loaded when they are first needed, and searched on every keystroke.
//
// It needs fold.js and days.js, and the folder filter/ of the site. On the page it needs nothing.
var annalsFilterData = (() => {
'use strict';
const { monthOf, within } = annalsDays;

/** The lists of choices. Elsewhere a facet is its position in here. */
const FACETS = ['kind', 'actor', 'place', 'process', 'confidence', 'vote'];
const [KIND, ACTOR, PLACE, PROCESS, CONFIDENCE] = FACETS.keys();
const FOLDED_AT_ONCE = 500; // events
const LONGEST_QUERY = 500; // characters

/** By the name of a facet, its choices: id, name, and the family of a kind. Also the families, from the bottom of the
 *  chart to its top. @type {any} */
let choices;
let events = []; // those that the page is about
let summaries = []; // by the number of an event

/** Loads the data. `pick` chooses the events that the page is about. Summaries arrive later, if `onSummaries` is given,
 *  which is called when words can be found in them. */
const load = (pick, onSummaries) => {
  globalThis.annalsEvents = (data) => {
    choices = data.choices;
    events = pick(data.events.map(eventOf));
    // Without them, titles and names are searched.
    if (onSummaries) annals.load('filter/summaries.js').catch(() => {});
  };
  globalThis.annalsSummaries = (texts) => {
    summaries = texts;
    for (const event of events) event.text = '';
    foldFrom(0);
    onSummaries();
  };
  return annals.load('filter/events.js').then(() => ({ choices, events }));
};

/** The events that a part of the page shows: those that filters leave, or else those that it lists. */
const shown = (part) => annals.matching?.() ?? load((events) => (
  annals.all('[data-event]:not([hidden])', part).map(({ dataset }) => events[dataset.event])
)).then((data) => data.events);

/** A row of filter/events.js, prepared for what every keystroke asks of it. Days are numbered (days.js); those that an
 *  event certainly covers are in one list: first, last, first, last … */
const eventOf = (row, index) => {
  const [
    url, title, when, mark, earliest, latest, certain, kind, actors, places, processes, confidence,
    importance, isDoubtful, edtf, votes, begun = certain[0] ?? latest,
  ] = row;
  const first = earliest ?? latest;
  return {
    index, url, title, when, mark, importance, isDoubtful, edtf,
    certain: certain.flatMap((day, at) => (at % 2 ? [] : [[day, certain[at + 1]]])),
    earliest: earliest ?? -Infinity,
    latest: latest ?? Infinity,
    year: Math.floor(monthOf(first) / 12),
    // It began in one of the months from the first of these to the second; no number for an open end.
    months: [earliest, begun].map((day) => monthOf(day ?? NaN)),
    family: choices.kind[kind][2],
    values: [[kind], actors, places, processes, [confidence], votes], // by facet
    text: '',
  };
};

const nameOf = (facet) => (value) => choices[FACETS[facet]][value][1];

/** Returns a text folded, with one space for each run of characters that are neither letters nor numbers. */
const folded = (text) => annalsText.fold(text).replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

/** Returns the folded text of an event in which words are looked for: title, summary and names. */
const textOf = (event) => {
  const names = [ACTOR, PLACE, PROCESS].flatMap((facet) => event.values[facet].map(nameOf(facet)));
  return (event.text ||= ` ${folded(`${[event.title, summaries[event.index], ...names]}`)} `);
};

/** Folds the texts some at a time, so that no keystroke waits for all of them. */
const foldFrom = (position) => {
  const next = position + FOLDED_AT_ONCE;
  events.slice(position, next).forEach(textOf);
  if (position < events.length) setTimeout(foldFrom, 0, next);
};

/** Returns for each word or phrase of a query the forms of which an event must have one. A phrase matches whole words,
 *  a word also parts of words. */
const soughtIn = (query) => {
  const sought = [];
  for (const [piece, quoted] of annalsText.straight(query).slice(0, LONGEST_QUERY).matchAll(/"([^"]*)"?|[^"\s]+/g)) {
    const text = folded(quoted ?? piece);
    if (!text) continue;
    const [token] = text.includes(' ') ? [] : annalsText.tokens(piece);
    sought.push(quoted === undefined ? [text, ...token?.forms ?? []] : [` ${text} `]);
  }
  // A query without letter or digit finds nothing.
  return sought[0] || !query.trim() ? sought : [[]];
};

/** The events that have the words, are in the period from `start` to `end`, and have the wanted values of each facet:
 *  certainly or possibly. And for each facet how many events each choice would leave. */
const match = (query, start, end, wanted) => {
  const sought = soughtIn(query);
  const facets = [...FACETS.keys()];
  const narrowing = facets.filter((facet) => wanted[facet].length);
  const counts = FACETS.map((name) => choices[name].map(() => 0));
  const certain = [];
  const possible = [];
  for (const event of events) {
    const certainty = within(event, start, end);
    if (!certainty || !sought.every((texts) => texts.some((text) => textOf(event).includes(text)))) continue;
    // All chosen actors must have taken part; in every other list one match is enough.
    const missed = narrowing.filter((facet) => (
      !wanted[facet][facet === ACTOR ? 'every' : 'some']((value) => event.values[facet].includes(value))));
    if (!missed.length) (certainty > 1 ? certain : possible).push(event);
    // An event that only one facet keeps out is counted at the other choices of that facet.
    const counted = missed[1] || missed[0] === ACTOR ? [] : missed.length ? missed : facets;
    for (const facet of counted) for (const value of event.values[facet]) counts[facet][value] += 1;
  }
  return { certain, possible, counts };
};

return { FACETS, KIND, ACTOR, PLACE, CONFIDENCE, load, shown, match, nameOf };
})();
