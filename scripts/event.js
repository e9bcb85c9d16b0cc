// The page of an event: what a citation cites shown beside it, copying, and the arrow keys.
//
// On the page it needs, each for its own part: buttons `.copy`, with the id of what to copy in `data-copy` and a
// status after them; links `rel=next` and `rel=prev`; and links in `sup.citation`. Without this script the citations
// are links to the list of sources.
(() => {
'use strict';
const { one, all, make, isPlain } = annals;
const root = document.documentElement;

// Copying

for (const button of all('button.copy')) {
  const [source, status] = [one(`#${button.dataset.copy}`), button.nextElementSibling];
  if (!source || !status) continue;
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(source.dataset.address ?? source.href ?? source.textContent);
      status.textContent = status.dataset.done;
    } catch {
      // The browser does not let scripts copy, so the text is selected for the reader to copy.
      getSelection()?.selectAllChildren(source);
      status.textContent = status.dataset.failed;
    }
  };
}

// Arrow keys

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

// What a citation cites

const GAP = 6; // pixels
const LEAVE = 250; // milliseconds that the pointer may take from one to the other
const preview = Object.assign(make('div', 'preview'), { id: '_preview', hidden: true });
let shown; // the citation whose source the preview shows

const hide = () => {
  shown?.removeAttribute('aria-describedby');
  shown = undefined;
  preview.hidden = true;
};
const isPointedAt = () => preview.matches(':hover') || shown?.matches(':hover');
const hideSoon = () => setTimeout((citation) => { if (shown === citation && !isPointedAt()) hide(); }, LEAVE, shown);
const move = (left, top) => Object.assign(preview.style, { left: `${left}px`, top: `${top}px` });
/** Below the citation, or above it where there is more room; never over an edge of the window. */
const place = (link) => {
  move(0, 0);
  const at = link.getBoundingClientRect();
  const { width, height } = preview.getBoundingClientRect();
  const below = at.bottom + GAP;
  const isBelow = below + height <= innerHeight || at.top < innerHeight - at.bottom;
  const top = isBelow ? below : Math.max(GAP, at.top - height - GAP);
  move(Math.max(GAP, Math.min(at.left, root.clientWidth - width - GAP)) + scrollX, top + scrollY);
};
const show = (link) => {
  if (shown === link) return place(link);
  const source = one(`#${CSS.escape(decodeURIComponent(link.hash.slice(1)))}`);
  if (!source) return;
  hide();
  const copy = source.cloneNode(true);
  one('.backlinks', copy)?.remove();
  preview.replaceChildren(...copy.childNodes);
  // The keyboard follows the citation to the source itself; these are for the mouse.
  for (const inner of all('a', preview)) inner.tabIndex = -1;
  preview.hidden = false;
  shown = link;
  link.setAttribute('aria-describedby', preview.id);
  place(link);
};

const citations = all('sup.citation a');
if (citations.length) document.body.append(preview);
for (const link of citations) {
  link.onpointerenter = (event) => { if (event.pointerType === 'mouse') show(link); };
  link.onpointerleave = hideSoon;
  // A tap gives focus too, but not visibly: then the link only goes to its source.
  link.onfocus = () => { if (link.matches(':focus-visible')) show(link); };
  // At once, because it would cover the next stop; but not under the mouse.
  link.onblur = () => { if (!isPointedAt()) hide(); };
  link.onclick = hide;
}
preview.onpointerleave = hideSoon;
addEventListener('keydown', (event) => { if (event.key === 'Escape') hide(); });
addEventListener('resize', hide);
})();
