// Charts: loads what tells their columns (find/columns.js) when the reader first points at one. Without this script a
// chart has a table of its numbers.
(() => {
'use strict';
const { one, all, load } = annals;

for (const plot of all('.small-chart .plot')) {
  plot.addEventListener('pointerenter', () => {
    if (!one('.cursor', plot)) load('assets/find.js');
  }, { once: true });
}
})();
