// Charts: the events of a column, told in a tip where the pointer is, and by the arrow keys.
//
// It needs filter/data.js and filter/controls.js, and on the page figures with `.plot` and the axis in `data-first`,
// `data-unit`, `data-columns`, and with the words for a column in `data-column`. Without this script the chart has a
// table of its numbers.
(() => {
'use strict';
const { one, all, make } = annals;
const ZONE = 12; // pixels to both sides of the pointer
const MOST = 6; // titles in a tip

for (const figure of all('[data-columns]')) {
  const plot = one('.plot', figure);
  const [start, unit, count] = ['first', 'unit', 'columns'].map((name) => Number(figure.dataset[name]));
  const cursor = Object.assign(make('div', 'cursor'), { tabIndex: 0, role: 'slider', ariaLabel: figure.dataset.title });
  plot.prepend(cursor);
  /** A column in words: months, or years where it is longer. */
  const wordsOf = (column) => {
    const month = (number) => new Date(0).setUTCFullYear(0, start + number, 1);
    const format = new Intl.DateTimeFormat(document.documentElement.lang, {
      year: 'numeric', month: unit < 12 ? 'long' : undefined, timeZone: 'UTC',
    });
    return format.formatRange(month(column * unit), month(column * unit + unit - 1));
  };
  let columns; // by number: its events
  const fill = async () => {
    const listed = (events) => all('[data-event]').map(({ dataset }) => events[dataset.event]);
    const events = await (annals.matching?.() ?? annalsFilterData.load(listed).then((data) => data.events));
    const found = new Map();
    for (const event of events) {
      const [column, last] = event.months.map((month) => Math.floor((month - start) / unit));
      if (column === last) found.set(column, [...found.get(column) ?? [], event]);
    }
    columns = new Map([...found].sort(([one], [other]) => one - other));
  };
  const linkTo = ({ url, title }) => make('li', '', Object.assign(make('a', '', title), { href: annals.root + url }));
  let told = 0; // the column of the tip
  const tell = (column) => {
    const events = columns.get(column);
    if (!events) return annals.hideTip();
    told = column;
    cursor.style.insetInline = `${(column / count) * 100}% ${100 - ((column + 1) / count) * 100}%`;
    const words = figure.dataset.column.replace('%1', wordsOf(column)).replace('%2', events.length);
    const more = events.length > MOST ? [make('li', '', `+${events.length - MOST}`)] : [];
    const list = make('ul', '', ...events.slice(0, MOST).map(linkTo), ...more);
    Object.assign(cursor, { ariaValueMax: count - 1, ariaValueNow: column, ariaValueText: words });
    annals.showTip(plot, [make('b', '', words), list], cursor);
  };
  const isMirrored = () => getComputedStyle(plot).direction === 'rtl';
  /** Tells the column with events that is nearest to the pointer. */
  const tellAt = async ({ clientX }) => {
    await (columns ?? fill());
    const { left, width } = plot.getBoundingClientRect();
    const share = (clientX - left) / width;
    const column = (isMirrored() ? 1 - share : share) * count - 0.5;
    const distance = (other) => Math.abs(other - column);
    const nearest = [...columns.keys()].reduce((one, other) => (distance(other) < distance(one) ? other : one), -count);
    tell(distance(nearest) * width <= ZONE * count ? nearest : -1);
  };
  let isTouch = false;
  plot.addEventListener('pointerdown', ({ pointerType }) => { isTouch = pointerType !== 'mouse'; });
  plot.addEventListener('pointermove', (event) => {
    if (event.pointerType === 'mouse' && !event.buttons) tellAt(event);
  });
  plot.addEventListener('click', (event) => {
    // Below the columns are the names of years.
    if (!isTouch || event.clientY > cursor.getBoundingClientRect().bottom) return;
    event.preventDefault();
    tellAt(event);
  });
  cursor.onkeydown = (event) => {
    const { key } = event;
    const known = [...columns?.keys() ?? []];
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[key] * (isMirrored() ? -1 : 1);
    const next = known[known.indexOf(told) + step];
    const column = { Home: known[0], End: known.at(-1) }[key] ?? next;
    if (column >= 0) tell(column);
    if (key === 'Enter') one('.tip a')?.click();
    if (step || column >= 0) event.preventDefault();
  };
  cursor.onfocus = async () => {
    if (!cursor.matches(':focus-visible')) return;
    await (columns ?? fill());
    tell(columns.has(told) ? told : columns.keys().next().value);
  };
  cursor.onblur = annals.hideTip;
}
})();
