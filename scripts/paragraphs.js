// Links to paragraphs: a sign at the end of each with an id such as `_p3`, in a text whose parent has the name of these
// links in `data-link`. Without this script paragraphs have their addresses, but nothing shows them.
(() => {
'use strict';
const { all, make } = annals;
for (const part of all('[data-link] > .text > p[id]')) {
  const ariaLabel = part.parentNode.parentNode.dataset.link;
  part.append(Object.assign(make('a', 'anchor'), { href: `#${part.id}`, ariaLabel }));
}
})();
