// The chart of a page with filters: columns of the events that match, and a period that the pointer draws.
//
// It needs days.js and columns.js, and on the page a figure with an axis (columns.js) and the drawing `.stacks` in its
// `.plot`.
// Without this script the chart shows all events.
var annalsFilterChart = (() => {
'use strict';
const { one, all, make, clamp } = annals;
const { monthOf } = annalsDays;

/** Returns the columns of events as one SVG path for each family, as its class and its `d`. The families are stacked in
 *  their order, the first at the bottom; `height` is that of the drawing. */
const pathsOf = (events, families, { columnOf, width }, height) => {
  const tops = new Array(width).fill(height);
  const counts = new Map(families.map((family) => [family, new Array(width).fill(0)]));
  for (const { family, months } of events) {
    const [column, last] = months.map(columnOf);
    // An event that may be in several columns is in none.
    const ofFamily = column === last ? counts.get(family) : undefined;
    if (ofFamily && column in ofFamily) ofFamily[column] += 1;
  }
  return families.map((family) => {
    const bars = counts.get(family).map((count, at) => (count ? `M${at}.1 ${tops[at] -= count}h.8v${count}h-.8z` : ''));
    return [`family-${family}`, bars.join('')];
  });
};

/** Lets the pointer draw a period: `onPress` is called when it goes down, `onDraw` with the first and the last column
 *  that it has gone over, and `onDrawn` with those at the end. */
const drawable = (plot, width, { onPress, onDraw, onDrawn }) => {
  let pressed = -1; // the column where the pointer went down
  let drawn; // the first and the last column that it has gone over
  const columnAt = (event) => Math.min(Math.floor(annals.shareAt(plot, event) * width), width - 1);
  Object.assign(plot, {
    onpointerdown: (event) => {
      onPress();
      [pressed, drawn] = [event.button ? -1 : columnAt(event), undefined];
    },
    onpointermove: (event) => {
      const column = columnAt(event);
      if (pressed < 0 || (!drawn && column === pressed)) return;
      if (!drawn) plot.setPointerCapture(event.pointerId);
      drawn = [Math.min(pressed, column), Math.max(pressed, column)];
      onDraw(...drawn);
    },
    onpointerup: () => {
      if (pressed >= 0 && drawn) onDrawn(...drawn);
      pressed = -1;
      setTimeout(() => { drawn = undefined; });
    },
    onpointercancel: () => { [pressed, drawn] = [-1, undefined]; },
    ondragstart: () => false,
    // Browsers send a click right after a drag, which must not follow the link of a year.
    onclick: () => !drawn,
  });
};

/** Makes a figure the chart of the filters: `onPress` is called when the pointer goes down in it, and `onPeriod` with
 *  the first and the last month of a period that was drawn. */
return (figure, onPress, onPeriod) => {
  const plot = one('.plot', figure);
  const stacks = one('.stacks', plot);
  const axis = annals.axisOf(figure);
  const svg = (tag) => document.createElementNS(stacks.namespaceURI, tag);
  const matching = svg('g');
  const selection = Object.assign(make('div', 'selection'), { hidden: true });
  stacks.append(matching);
  plot.prepend(selection);
  /** The links to places on this page: link, address, place. */
  const links = all('a[href^="#"]', figure).map((link) => {
    const href = link.getAttribute('href');
    return [link, href, document.getElementById(href.slice(1))];
  }).filter(([, , target]) => target);

  /** Returns where the month of a day begins on the axis (0 to 1), or the month `further` months later. A day may be
   *  infinite. */
  const shareOf = (day, further) => clamp(Number.isFinite(day) ? axis.shareOf(monthOf(day) + further) : day, 0, 1);
  const select = (from, to) => { selection.style.insetInline = `${from * 100}% ${100 - to * 100}%`; };
  drawable(plot, axis.width, {
    onPress,
    onDraw: (first, last) => {
      selection.hidden = false;
      select(first / axis.width, (last + 1) / axis.width);
    },
    onDrawn: (first, last) => onPeriod(axis.monthOf(first), axis.monthOf(last + 1) - 1),
  });

  /** Shows the events that match, if the page is filtered, and the period in days, if there is one. */
  return (events, families, isFiltered, start, end) => {
    // A year without results is no link.
    for (const [link, href, target] of links) {
      if (target.closest('[hidden]')) link.removeAttribute('href');
      else link.setAttribute('href', href);
    }
    const paths = pathsOf(events, families, axis, stacks.viewBox.baseVal.height);
    matching.replaceChildren(...paths.map(([name, drawing]) => {
      const path = svg('path');
      path.setAttribute('class', name);
      path.setAttribute('d', drawing);
      return path;
    }));
    stacks.classList.toggle('is-behind', isFiltered);
    selection.hidden = start === -Infinity && end === Infinity;
    select(shareOf(start, 0), shareOf(end, 1));
  };
};
})();
