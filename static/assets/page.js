// What the scripts of a page share; it is loaded before them.
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
/** Runs a script of the site: a page opened from disk can load its data in no other way. */
const load = (src) => new Promise((onload, onerror) => {
  document.head.append(Object.assign(make('script'), { src, onload, onerror }));
});
/** Whether no other key is held that would make it mean something else. */
const isPlain = (event) => !event.altKey && !event.ctrlKey && !event.metaKey;
const clamp = (value, least, most) => Math.min(most, Math.max(least, value));

/** Writes fields into the address: `how` says whether one can go back from it. */
const write = (how, fields) => {
  const query = `${new URLSearchParams(fields)}`;
  if (query !== location.search.slice(1)) history[how](null, '', location.pathname + (query && `?${query}`));
};

/** Facts with separators that are copied too. */
const facts = (parts) => make('p', 'event-facts', make('span', '', ...parts.flatMap((part, at) => (at ? ['\u00a0· ', part] : [part]))));

return { one, all, make, load, isPlain, clamp, write, facts };
})();
