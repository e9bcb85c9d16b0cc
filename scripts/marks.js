// Marks in lanes and cells of the matrix of meetings: tips, and arrow keys from one to the next.
//
// On the page it needs rows `li` or `tr` with links, of which Tab reaches only the first. Without this script marks
// have titles, and Tab goes on to the lists below.
(() => {
'use strict';
const { one, all } = annals;

/** Returns the words of a tip: the title of a mark, or the actors of a cell, which head its row and column, and its
 *  number. */
const nameOf = (link) => {
  const cell = link.closest('td');
  if (!cell) return link.ariaLabel;
  const heads = [cell.parentNode, one('tr', cell.closest('table'))].map((row, at) => row.cells[at && cell.cellIndex]);
  return `${heads.map((head) => head.textContent).join(' – ')}: ${link.textContent}`;
};
for (const area of all('.lane-list, .matrix')) {
  for (const title of all('title', area)) {
    title.parentNode.ariaLabel = title.textContent;
    title.remove(); // the tip says it
  }
  const links = 'svg a, td a';
  annals.tips(area, links, (link) => [nameOf(link)], true);
  area.addEventListener('keydown', (event) => {
    const link = event.target.closest(links);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!link || !step) return;
    event.preventDefault();
    const row = all(links, link.closest('li, tr'));
    row[row.indexOf(link) + (getComputedStyle(area).direction === 'rtl' ? -step : step)]?.focus();
  });
}
})();
