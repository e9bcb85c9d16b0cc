// The time axis of charts, and tips for their columns: the pointer, a tap and arrow keys show the events of a column.
//
// It needs tips.js and filter/data.js, and on the page figures with `.plot`, the axis in `data-first`, `data-unit`
// and `data-columns`, and the words for a column in `data-column`. Without this script a chart has a table of its
// numbers.
(() => {
'use strict';
const { one, all, make, clamp } = annals;
const ZONE = 12; // pixels to both sides of the pointer
const MOST = 6; // titles in a tip

/** Returns the time axis of a figure: `width` columns of `unit` months each. Months are numbers (days.js). */
annals.axisOf = ({ dataset }) => {
  const [first, unit, width] = [dataset.first, dataset.unit, dataset.columns].map(Number);
  return {
    width,
    columnOf: (month) => Math.floor((month - first) / unit),
    /** The first month of a column. */
    monthOf: (column) => first + column * unit,
    /** Where a month begins, as a share of the axis: 0 at its start, 1 at its end. */
    shareOf: (month) => (month - first) / unit / width,
  };
};
const isMirrored = (plot) => getComputedStyle(plot).direction === 'rtl';
/** Returns how far along the axis the pointer is, 0 to 1, on pages from right to left too. */
annals.shareAt = (plot, { clientX }) => {
  const { left, width } = plot.getBoundingClientRect();
  const share = clamp((clientX - left) / width, 0, 1);
  return isMirrored(plot) ? 1 - share : share;
};

for (const figure of all('[data-columns]')) {
  const [plot, axis, { title, column: form, unit }] = [one('.plot', figure), annals.axisOf(figure), figure.dataset];
  const cursor = make('div', 'cursor');
  Object.assign(cursor, { tabIndex: 0, role: 'slider', ariaLabel: title, ariaValueNow: 0 });
  plot.prepend(cursor);
  const timeOf = (month) => new Date(0).setUTCFullYear(0, month);
  /** @type {Map<number, any[]>} */
  let columns; // by number: their events. An event that may be in several is in none
  let format; // for their names; the first one on a page takes milliseconds
  const fill = async () => {
    // Only filters change the events of a chart.
    if (columns && !annals.matching) return;
    const found = new Map();
    for (const event of await annalsFilterData.shown(document)) {
      const [column, last] = event.months.map(axis.columnOf);
      if (column === last) found.set(column, [...found.get(column) ?? [], event]);
    }
    columns = new Map([...found].sort(([one], [other]) => one - other));
    format ??= new Intl.DateTimeFormat(document.documentElement.lang, {
      year: 'numeric', month: Number(unit) < 12 ? 'long' : undefined, timeZone: 'UTC',
    });
  };
  const itemOf = ({ url, title }) => make('li', '', Object.assign(make('a', '', title), { href: annals.root + url }));
  let told; // the column of the tip
  const tell = (column) => {
    const events = columns.get(column);
    if (!events) return annals.hideTip();
    told = column;
    cursor.style.insetInline = `${column / axis.width * 100}% ${100 - (column + 1) / axis.width * 100}%`;
    const period = format.formatRange(timeOf(axis.monthOf(column)), timeOf(axis.monthOf(column + 1) - 1));
    const words = form.replace('%1', period).replace('%2', events.length);
    const items = events.slice(0, MOST).map(itemOf);
    Object.assign(cursor, { ariaValueNow: column, ariaValueText: words });
    annals.showTip(plot, [make('b', '', words), make('ul', '', ...items)], cursor);
  };
  /** Shows the tip of the nearest column with events; hides it if that is more than ZONE away. */
  const tellAt = async (event) => {
    await fill();
    const distance = (column) => Math.abs(column + 0.5 - annals.shareAt(plot, event) * axis.width);
    const [nearest] = [...columns.keys()].sort((one, other) => distance(one) - distance(other));
    tell(distance(nearest) * plot.clientWidth <= ZONE * axis.width ? nearest : -1);
  };
  let isTap = false;
  plot.addEventListener('pointerdown', ({ pointerType }) => { isTap = pointerType !== 'mouse'; });
  plot.addEventListener('pointermove', (event) => { if (!isTap && !event.buttons) tellAt(event); });
  plot.addEventListener('click', (event) => {
    // Below the columns are the names of years, which are links.
    if (!isTap || event.clientY > cursor.getBoundingClientRect().bottom) return;
    event.preventDefault();
    tellAt(event);
  });
  cursor.onkeydown = async (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Enter: 0 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    await fill();
    const known = [...columns.keys()];
    const further = isMirrored(plot) ? -step : step;
    // Before any column is shown, the first or the last one comes next.
    if (step) tell(known.at((Math.max(known.indexOf(told), -(further > 0)) + further) % known.length));
    else one('.tip a')?.click();
  };
  cursor.onblur = annals.hideTip;
}
})();
