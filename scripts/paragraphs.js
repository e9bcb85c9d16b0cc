// Links to paragraphs: a sign at the end of each with an id such as `_p3`, in texts that have the name of these links
// in `data-link`. Without this script paragraphs have their addresses, but nothing shows them.
(() => {
'use strict';
for (const part of annals.all('[data-link] > p[id]')) {
  const ariaLabel = part.parentNode.dataset.link;
  part.append(Object.assign(annals.make('a', 'anchor'), { href: `#${part.id}`, ariaLabel }));
}
})();
