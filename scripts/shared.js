// What the scripts of a page share: finding and making elements, loading further scripts, and the address.
//
// It is the beginning of the script of the site, `assets/annals.js`, which every page loads.
/** @type {any} */
var annals = (() => {
'use strict';

/** The address of the site's root. */
const root = document.currentScript instanceof HTMLScriptElement
  ? document.currentScript.src.replace(/assets\/[^/]*$/, '') : '';
const one = (selector, within) => (within ?? document).querySelector(selector);
const all = (selector, within) => [...(within ?? document).querySelectorAll(selector)];
/** @returns {any} */
const make = (tag, className = '', ...inside) => {
  const element = Object.assign(document.createElement(tag), { className });
  element.append(...inside);
  return element;
};
/** Runs a script of the site, by its path: a page opened from disk can load data only this way. */
const load = (path) => new Promise((onload, onerror) => {
  document.head.append(Object.assign(make('script'), { src: root + path, onload, onerror }));
});
/** Whether a key is pressed without others that would make it mean something else. */
const isPlain = (event) => !event.altKey && !event.ctrlKey && !event.metaKey;
const clamp = (value, least, most) => Math.min(most, Math.max(least, value));

// The address. Browsers accept one or two hundred changes in ten seconds and refuse more, Chromium silently. So what is
// typed is written at a limited pace, and what was refused is written again later.

const PACE = 120; // milliseconds between two changes
const LATER = 1000; // milliseconds before a refused change is tried again
let due; // what is to be written: how, and the query
let lastWritten = -Infinity; // when
let timer = 0;
const queryNow = () => `${new URLSearchParams(location.search)}`;
const flush = () => {
  clearTimeout(timer);
  if (!due) return;
  const [how, query] = due;
  lastWritten = performance.now();
  try {
    history[how](null, '', location.pathname + (query && `?${query}`));
  } catch {} // refused
  if (queryNow() === query) due = undefined;
  else timer = setTimeout(flush, LATER);
};
/** Writes fields into the address. `how` is the name of a method of `history`: after `pushState` one can go back to the
 *  address before. */
const write = (how, fields) => {
  const isStep = how === 'pushState';
  if (isStep) flush(); // what was typed before is the state that one goes back to
  const query = `${new URLSearchParams(fields)}`;
  clearTimeout(timer);
  due = query === queryNow() ? undefined : [due?.[0] ?? how, query];
  if (isStep) flush();
  else timer = setTimeout(flush, lastWritten + PACE - performance.now());
};
addEventListener('popstate', () => { due = undefined; });
addEventListener('pagehide', flush);

/** Keeps what fields say when the reader leaves, by making it their default: if the page comes back as it was left,
 *  WebKit resets those with `autocomplete="off"`. */
const keepFields = (form) => addEventListener('pagehide', () => {
  for (const field of all('input', form)) [field.defaultValue, field.defaultChecked] = [field.value, field.checked];
});

/** Returns a line of facts about an event, with separators that are copied too and have the direction of the page,
 *  whatever that of the facts. */
const facts = (parts) => make('p', 'event-facts', ...parts.flatMap((part) => (
  [make('i', '', ' '), make('b', '', '·\u00a0'), make('span', '', part)])).slice(2));

return { root, one, all, make, load, isPlain, clamp, write, keepFields, facts };
})();
