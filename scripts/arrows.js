// The arrow keys go to the page before and the page after, if the page has links `rel=prev` and `rel=next` in its
// head. Without this script the page has the same links.
(() => {
'use strict';
const { one, isPlain } = annals;
const root = document.documentElement;

const USES_ARROWS = 'input, textarea, select, audio, video, iframe, pre, table, svg, [contenteditable]';

addEventListener('keydown', (event) => {
  // What scripts make of other elements prevents the default.
  if (event.defaultPrevented || event.shiftKey || !isPlain(event)) return;
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  if (event.target instanceof Element && event.target.closest(USES_ARROWS)) return;
  // Where the page can be scrolled sideways, the arrows scroll it.
  if (root.scrollWidth > root.clientWidth || (visualViewport?.scale ?? 1) > 1) return;
  const isForward = (event.key === 'ArrowRight') === (getComputedStyle(root).direction === 'ltr');
  const link = one(`link[rel=${isForward ? 'next' : 'prev'}]`);
  if (link) location.href = link.href;
});
})();
