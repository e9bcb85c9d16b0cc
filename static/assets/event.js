// The page of an event: what a citation cites shown beside it, copying, and the arrow keys.
(() => {
  'use strict';

  // --- Copying ---

  /** @param {HTMLElement} source @returns {string} */
  const textOf = (source) => source.dataset.address ?? (source instanceof HTMLAnchorElement ? source.href : source.textContent ?? '');

  /** Selects an element's text, for a browser that does not let scripts copy. @param {HTMLElement} source */
  const select = (source) => getSelection()?.selectAllChildren(source);

  for (const button of document.querySelectorAll('button.copy')) {
    if (!(button instanceof HTMLButtonElement)) continue;
    const source = document.getElementById(button.dataset.copy ?? '');
    const status = button.nextElementSibling;
    if (!source || !(status instanceof HTMLElement)) continue;
    button.addEventListener('click', async () => {
      let copied = true;
      try {
        await navigator.clipboard.writeText(textOf(source));
      } catch {
        copied = false;
        select(source);
      }
      status.textContent = (copied ? status.dataset.done : status.dataset.failed) ?? '';
    });
  }

  // --- Arrow keys ---

  const USES_ARROWS = 'input, textarea, select, audio, video, iframe, pre, table, svg, [contenteditable], [role=slider], [role=listbox], [role=menu], [role=tablist], [role=grid], [role=application]';
  const root = document.documentElement;

  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    if (event.target instanceof Element && event.target.closest(USES_ARROWS)) return;
    // Where the page can be scrolled sideways, the arrows scroll it.
    if (root.scrollWidth > root.clientWidth || (visualViewport?.scale ?? 1) > 1) return;
    const forward = (event.key === 'ArrowRight') === (getComputedStyle(root).direction === 'ltr');
    const link = document.querySelector(`link[rel=${forward ? 'next' : 'prev'}]`);
    if (link instanceof HTMLLinkElement) location.href = link.href;
  });

  // --- What a citation cites ---

  const GAP = 6;
  const LEAVE = 250;

  const preview = document.createElement('div');
  preview.className = 'preview';
  preview.id = '_preview';
  preview.hidden = true;
  /** @type {HTMLAnchorElement | null} */
  let shown = null;
  let leaving = 0;

  const hide = () => {
    clearTimeout(leaving);
    shown?.removeAttribute('aria-describedby');
    shown = null;
    preview.hidden = true;
  };

  const hideSoon = () => {
    clearTimeout(leaving);
    leaving = setTimeout(hide, LEAVE);
  };

  /** Below the citation, or above it where there is more room; never over an edge of the window. */
  const place = (/** @type {HTMLAnchorElement} */ link) => {
    preview.style.left = '0';
    preview.style.top = '0';
    const at = link.getBoundingClientRect();
    const { width, height } = preview.getBoundingClientRect();
    const left = Math.max(GAP, Math.min(at.left, root.clientWidth - width - GAP));
    const below = at.bottom + GAP;
    const top = below + height <= innerHeight || at.top < innerHeight - at.bottom ? below : Math.max(GAP, at.top - height - GAP);
    preview.style.left = `${left + scrollX}px`;
    preview.style.top = `${top + scrollY}px`;
  };

  /** A copy of what a source's item says, without the ways back and without anything that the page names by an id. */
  const contents = (/** @type {Element} */ item) => {
    const copy = document.createDocumentFragment();
    for (const node of item.childNodes) {
      if (node instanceof Element && node.classList.contains('backlinks')) continue;
      copy.append(node.cloneNode(true));
    }
    // The keyboard follows the citation to the source itself; these are for the mouse.
    for (const link of copy.querySelectorAll('a')) link.tabIndex = -1;
    return copy;
  };

  const show = (/** @type {HTMLAnchorElement} */ link) => {
    clearTimeout(leaving);
    if (shown === link) return place(link);
    const item = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!item) return;
    hide();
    preview.replaceChildren(contents(item));
    preview.hidden = false;
    shown = link;
    link.setAttribute('aria-describedby', preview.id);
    place(link);
  };

  const citations = document.querySelectorAll('sup.citation a');
  if (citations.length > 0) document.body.append(preview);
  for (const link of citations) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    link.addEventListener('pointerenter', (event) => { if (event.pointerType === 'mouse') show(link); });
    link.addEventListener('pointerleave', () => { if (shown === link) hideSoon(); });
    // A tap gives focus too, but no visible one: there the link only leads to its source.
    link.addEventListener('focus', () => { if (link.matches(':focus-visible')) show(link); });
    // At once, for it would lie over the next stop; but not under the mouse.
    link.addEventListener('blur', () => { if (shown === link && !link.matches(':hover') && !preview.matches(':hover')) hide(); });
    link.addEventListener('click', hide);
  }
  preview.addEventListener('pointerenter', () => clearTimeout(leaving));
  preview.addEventListener('pointerleave', hideSoon);
  addEventListener('keydown', (event) => { if (event.key === 'Escape') hide(); });
  addEventListener('resize', hide);
})();
