// Tips: what something means, beside it, while it is pointed at or has the focus. Here those of citations; charts and
// lanes have tips too.
//
// It needs nothing on the page. Without this script citations are links to the list of sources, and marks are links
// with titles.
(() => {
'use strict';
const { one, all, make } = annals;
const root = document.documentElement;
const GAP = 6; // pixels
const LEAVE = 250; // milliseconds in which the pointer may cross from the element to the tip

const tip = Object.assign(make('div', 'tip'), { id: '_tip', hidden: true });
let shown; // the element that the tip is about
let leaving; // the timer of a pointer that has left

const hide = () => {
  shown?.removeAttribute('aria-describedby');
  shown = undefined;
  tip.hidden = true;
};
const isPointedAt = () => tip.matches(':hover') || shown?.matches(':hover');
/** Hides the tip soon after the mouse has left. A finger leaves when it is lifted, but then the tip stays. */
const leave = ({ pointerType }) => {
  if (pointerType === 'mouse') leaving = setTimeout(() => { if (!isPointedAt()) hide(); }, LEAVE);
};
const move = (left, top) => Object.assign(tip.style, { left: `${left}px`, top: `${top}px` });
/** Moves the tip below an element, or above it where there is more room, and inside the window. Cancels the hiding of a
 *  tip that the pointer has just left. */
const place = (element) => {
  clearTimeout(leaving);
  move(0, 0);
  const at = element.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const below = at.bottom + GAP;
  const isBelow = below + height <= innerHeight || at.top < innerHeight - at.bottom;
  const top = isBelow ? below : Math.max(GAP, at.top - height - GAP);
  move(Math.max(GAP, Math.min(at.left, root.clientWidth - width - GAP)) + scrollX, top + scrollY);
};

/** Shows a tip about an element; `at` says where, if it is beside a part of it. */
annals.showTip = (element, content, at = element) => {
  if (shown !== element) hide();
  tip.replaceChildren(...content);
  // The keyboard follows the link itself; these are for the pointer.
  for (const inner of all('a', tip)) inner.tabIndex = -1;
  document.body.append(tip);
  tip.hidden = false;
  shown = element;
  element.setAttribute('aria-describedby', tip.id);
  element.onpointerleave = leave;
  place(at);
};
annals.hideTip = hide;

/** Gives tips to the elements in `area` that match a selector. `contentOf` makes what the tip of one shows; if that is
 *  nothing, it has none. With `isForTaps`, the first tap shows the tip and the second follows the link. */
annals.tips = (area, selector, contentOf, isForTaps = false) => {
  const of = ({ target }) => (target instanceof Element ? target.closest(selector) : null);
  const show = (element) => {
    if (shown === element) return place(element);
    const content = contentOf(element);
    if (content[0]) annals.showTip(element, content);
    else hide();
  };
  let isTap = false;
  const on = (type, listener) => area.addEventListener(type, (event) => {
    const element = of(event);
    if (element) listener(element, event);
  });
  on('pointerdown', (_, event) => { isTap = event.pointerType !== 'mouse'; });
  on('pointerover', (element, { pointerType }) => { if (pointerType === 'mouse') show(element); });
  // A tap gives the focus too, but browsers do not make it visible.
  on('focusin', (element) => { if (element.matches(':focus-visible')) show(element); });
  // Without delay, because the tip would cover the next stop; but not while the mouse is on it.
  on('focusout', () => { if (!isPointedAt()) hide(); });
  on('click', (element, event) => {
    if (!isForTaps || !isTap || shown === element) return hide();
    event.preventDefault();
    show(element);
  });
};
tip.onpointerleave = leave;
addEventListener('keydown', (event) => { if (event.key === 'Escape') hide(); });

/** Tips of citations: the source as the list has it, without the links back to the text. */
annals.tips(document, 'sup.citation a', (link) => {
  const copy = one(`#${CSS.escape(decodeURIComponent(link.hash.slice(1)))}`)?.cloneNode(true);
  if (copy) one('.backlinks', copy)?.remove();
  return [...copy?.childNodes ?? []];
});
})();
