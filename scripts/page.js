// What the scripts of a page share. It is loaded before them.
var annals = (() => {
'use strict';

const one = (selector, within) => (within ?? document).querySelector(selector);
const all = (selector, within) => [...(within ?? document).querySelectorAll(selector)];
/** @returns {any} */
const make = (tag, className = '', ...inside) => {
  const element = Object.assign(document.createElement(tag), { className });
  element.append(...inside);
  return element;
};
/** Runs a script of the site: a page opened from disk can load data only this way. */
const load = (src) => new Promise((onload, onerror) => {
  document.head.append(Object.assign(make('script'), { src, onload, onerror }));
});
/** Whether no other key is held that would make it mean something else. */
const isPlain = (event) => !event.altKey && !event.ctrlKey && !event.metaKey;
const clamp = (value, least, most) => Math.min(most, Math.max(least, value));

// The address. Browsers take a hundred new ones in ten seconds, or two hundred: what comes faster they refuse, Chromium
// without a word. So what is typed is written at a pace, and what was refused is written later.

const PACE = 120; // milliseconds
const LATER = 1000; // milliseconds
let due; // what is to be written: how, and the query
let [last, timer] = [-Infinity, 0];
const queryNow = () => `${new URLSearchParams(location.search)}`;
const flush = () => {
  clearTimeout(timer);
  if (!due) return;
  const [how, query] = due;
  last = performance.now();
  try {
    history[how](null, '', location.pathname + (query && `?${query}`));
  } catch {} // refused
  if (queryNow() === query) due = undefined;
  else timer = setTimeout(flush, LATER);
};
/** Writes fields into the address: `how` says whether one can go back from it. */
const write = (how, fields) => {
  const isStep = how === 'pushState';
  if (isStep) flush(); // what was typed before is the state that one goes back to
  const query = `${new URLSearchParams(fields)}`;
  clearTimeout(timer);
  due = query === queryNow() ? undefined : [due?.[0] ?? how, query];
  if (isStep) flush();
  else timer = setTimeout(flush, last + PACE - performance.now());
};
addEventListener('popstate', () => { due = undefined; });
addEventListener('pagehide', flush);

/** Keeps what fields say when the reader leaves. If the page comes back as it was left, WebKit resets those that are not to be
 *  completed: to this. */
const keepFields = (form) => addEventListener('pagehide', () => {
  for (const field of all('input', form)) [field.defaultValue, field.defaultChecked] = [field.value, field.checked];
});

/** Facts with separators that are copied too. */
const facts = (parts) => make('p', 'event-facts', make('span', '', ...parts.flatMap((part, at) => (at ? ['\u00a0· ', part] : [part]))));

return { one, all, make, load, isPlain, clamp, write, keepFields, facts };
})();
