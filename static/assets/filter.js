// @ts-check
// Narrows the timeline down by words, period and choices, combined. The state is in the address: it can be shared, and
// the way back works. Without this script the page is whole.
(() => {
  'use strict';

  /** A row of filter/events.js: address, title, date, mark, first and last possible day, certain days (from, to, …),
   *  kind, actors, places, processes, confidence, importance.
   *  @typedef {[string, string, string, string, number?, number?, number[]?, ...any]} Row */
  /** @typedef {{ [name: string]: any }} Any */

  const FACETS = ['kind', 'actor', 'place', 'process', 'confidence'];
  const PAGE = 100; // rows shown at once where the page does not list the events itself
  const NO = 0, SURELY = 1, PERHAPS = 2;

  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (tag, className = '', ...inside) => {
    const element = Object.assign(document.createElement(tag), { className });
    element.append(...inside);
    return element;
  };

  const form = one('.filters');
  if (!form) return;
  const { root, year: pageYear, ...words } = form.dataset;
  const filled = (text, value) => text.replace('%1', value);
  const [q, from, to] = ['q', 'from', 'to'].map((name) => one(`[name=${name}]`, form));
  const [status, clear] = [one('.filter-status', form), one('.filter-clear', form)];
  const [results, possibly] = [one('section.results'), one('section.possibly')];
  const listed = all('.years .event[data-event]');

  // The data, loaded once, when it is first wanted

  /** @type {{ choices: Any, events: Row[] }} */ let timeline;
  let scope = []; // the events that this page is about
  let texts = []; // what words are looked for in, folded, by event
  let summaries = [];
  /** @type {Promise<any> | undefined} */ let loading;

  const script = (file, name) => new Promise((resolve, onerror) => {
    Object.assign(globalThis, { [name]: resolve });
    document.head.append(Object.assign(make('script'), { src: root + file, onerror }));
  });
  const load = () => (loading ??= script('filter/events.js', 'annalsEvents').then((data) => {
    timeline = data;
    const inYear = (index) => Math.floor(monthOf(first(timeline.events[index])) / 12) === Number(pageYear);
    scope = listed.length ? listed.map((item) => Number(item.dataset.event)) : [...timeline.events.keys()].filter((index) => !pageYear || inYear(index));
    FACETS.forEach(offer);
    script('filter/summaries.js', 'annalsSummaries').then((data) => {
      [summaries, texts] = [data, []];
      foldSome();
      if (q.value) apply();
    }, () => {});
  }, () => { status.textContent = words.failed; throw words.failed; }));

  const first = (row) => row[4] ?? row[5];
  const of = (row, facet) => [row[7 + facet]].flat();
  const fold = (text) => globalThis['annalsText'].fold(text);
  const textOf = (index) => (texts[index] ??= fold([
    timeline.events[index][1],
    summaries[index] ?? '',
    ...[1, 2, 3].flatMap((facet) => of(timeline.events[index], facet).map((at) => timeline.choices[FACETS[facet]][at][1])),
  ].join('\n')));
  /** Folds the texts some at a time, so that no keystroke waits for all of them. */
  const foldSome = () => {
    const next = scope.filter((index) => !texts[index]).slice(0, 300);
    next.forEach(textOf);
    if (next.length) setTimeout(foldSome);
  };

  // Days, counted from 1 March of year 0, and months, counted from January of year 0, as the build does

  const dayNumber = (year, month, day) => {
    const y = year - (month <= 2 ? 1 : 0);
    const before = y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
    return before + Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  };
  const firstDay = (month) => dayNumber(Math.floor(month / 12), (((month % 12) + 12) % 12) + 1, 1);
  const monthOf = (day) => {
    const month = Math.floor(day / 30.436875) + 2; // a mean month of the calendar, from January
    return month + (day >= firstDay(month + 1) ? 1 : 0) - (day < firstDay(month) ? 1 : 0);
  };
  // The first or the last day of a year, month or day as typed; NaN where it is none of them.
  const dayOf = (text, end) => {
    const [, year, month, day] = /^([+-]?\d{1,9})(?:-(\d\d?)(?:-(\d\d?))?)?$/.exec(text.trim()) ?? [];
    const months = Number(year) * 12 + Number(month ?? (end ? 12 : 1)) - 1;
    const length = firstDay(months + 1) - firstDay(months);
    if (month && !(Number(month) >= 1 && Number(month) <= 12)) return NaN;
    if (day && !(Number(day) >= 1 && Number(day) <= length)) return NaN;
    return firstDay(months) + (day ? Number(day) : end ? length : 1) - 1;
  };

  // The state: in the controls, and in the address

  const boxes = (facet) => all(`[data-facet=${facet}] input`, form);
  const chosen = () => FACETS.flatMap((facet) => boxes(facet).filter((box) => box.checked));
  const isActive = () => q.value.trim() || from.value.trim() || to.value.trim() || chosen().length > 0;
  const show = (query) => {
    for (const input of [q, from, to]) input.value = query.get(input.name) ?? '';
    for (const facet of FACETS) for (const box of boxes(facet)) box.checked = query.getAll(facet).includes(box.value);
  };
  const write = (how) => {
    const inputs = [q, from, to].filter((input) => input.value.trim());
    const query = new URLSearchParams([...inputs, ...chosen()].map((input) => [input.name, input.value.trim()]));
    history[how](null, '', location.pathname + (`${query}` && `?${query}`));
  };
  // Writes the choices of a facet: those that occur on this page.
  const offer = (facet, number) => {
    const present = new Set(scope.flatMap((index) => of(timeline.events[index], number)));
    one(`[data-facet=${facet}] ul`, form).replaceChildren(...timeline.choices[facet].flatMap(([id, name, family], at) => {
      if (!present.has(at)) return [];
      const label = make('label', '', Object.assign(make('input'), { type: 'checkbox', name: facet, value: id }));
      if (family) label.append(make('i', `glyph glyph-${id} family-${family}`));
      label.append(make('span', 'choice-name', name), make('span', 'count'));
      label.dataset.at = at;
      return [make('li', '', label)];
    }));
  };

  // What is in and what is not

  // Whether an event lies in a period: surely, if all of its possible days do or one of its certain days does.
  const inPeriod = (row, start, end) => {
    const [earliest, latest, certain] = [row[4] ?? -Infinity, row[5] ?? Infinity, row[6] ?? []];
    if (latest < start || earliest > end) return NO;
    if (earliest >= start && latest <= end) return SURELY;
    return certain.some((day, at) => at % 2 === 0 && day <= end && certain[at + 1] >= start) ? SURELY : PERHAPS;
  };
  const decide = (start, end) => {
    const sought = fold(q.value).split(/\s+/).filter(Boolean);
    const wanted = FACETS.map((facet) => boxes(facet).flatMap((box) => (box.checked ? Number(box.parentElement.dataset.at) : [])));
    const counts = FACETS.map((facet) => timeline.choices[facet].map(() => 0));
    const verdicts = new Map();
    for (const index of scope) {
      const row = timeline.events[index];
      const period = inPeriod(row, start, end);
      if (period === NO || !sought.every((word) => textOf(index).includes(word))) continue;
      // All chosen actors must have taken part; of the other facets one choice is enough.
      const faults = FACETS.flatMap((facet, at) => {
        const fits = (value) => of(row, at).includes(value);
        return !wanted[at].length || (facet === 'actor' ? wanted[at].every(fits) : wanted[at].some(fits)) ? [] : at;
      });
      if (!faults.length) verdicts.set(index, period);
      // An event that one facet alone keeps out is counted at the other choices of that facet.
      FACETS.forEach((facet, at) => {
        if (!faults.length || (faults.length === 1 && faults[0] === at && facet !== 'actor')) for (const value of of(row, at)) counts[at][value] += 1;
      });
    }
    return { verdicts, counts };
  };

  // What is shown

  const item = (index) => {
    const copy = listed.find((item) => Number(item.dataset.event) === index)?.cloneNode(true);
    if (copy) return Object.assign(copy, { hidden: false });
    const [url, name, when, mark, , , , kind, actors, , , , importance] = timeline.events[index];
    const [id, kindName, family] = timeline.choices.kind[kind];
    const title = make('h3', 'event-title', Object.assign(make('a', '', name), { href: root + url }));
    const ofKind = make('span', 'kind', make('i', `glyph glyph-${id}`), kindName);
    const facts = make('p', 'event-facts', ofKind, ' ', make('span', '', actors.map((at) => timeline.choices.actor[at][1]).join(', ')));
    const date = make('p', 'event-date', make('span', `mark ${mark}`), when);
    return make('li', `event importance-${importance} family-${family}`, date, make('div', 'event-text', title, facts));
  };
  const list = (section, events, most) => {
    section.hidden = !events.length;
    one('ol', section).replaceChildren(...events.slice(0, most).map(item));
    one('.more', section)?.remove();
    if (events.length <= most) return;
    const more = make('button', 'more', filled(words.more, Math.min(PAGE, events.length - most)));
    more.onclick = () => {
      list(section, events, most + PAGE);
      one('ol', section).children[most].querySelector('a').focus();
    };
    section.append(more);
  };
  const apply = () => {
    const active = Boolean(isActive());
    const days = [from, to].map((input, at) => (input.value.trim() ? dayOf(input.value, at === 1) : at ? Infinity : -Infinity));
    const [start, end] = days.map((day, at) => (Number.isNaN(day) ? (at ? Infinity : -Infinity) : day));
    const { verdicts, counts } = decide(start, end);
    const [surely, perhaps] = [SURELY, PERHAPS].map((verdict) => [...verdicts.keys()].filter((index) => verdicts.get(index) === verdict));
    document.body.classList.toggle('is-filtered', active);
    for (const item of listed) item.hidden = active && verdicts.get(Number(item.dataset.event)) !== SURELY;
    if (listed.length) for (const part of all('.years .month, .years .year')) part.hidden = !part.querySelector('.event:not([hidden])');
    if (!listed.length) one('.years').hidden = active;
    list(results, active && !listed.length ? surely : [], PAGE);
    list(possibly, active ? perhaps : [], PAGE);
    [from, to].forEach((input, at) => input.setAttribute('aria-invalid', String(Number.isNaN(days[at]))));
    const told = [active ? filled(words.status, surely.length) : words.all];
    if (active && perhaps.length) told.push(filled(words.possibly, perhaps.length));
    const sentence = told.join(', ') + (days.some(Number.isNaN) ? `. ${words.invalid}` : '');
    if (status.textContent !== sentence) status.textContent = sentence;
    clear.hidden = !active;
    FACETS.forEach((facet, at) => {
      for (const label of all(`[data-facet=${facet}] label`, form)) {
        const count = counts[at][label.dataset.at];
        one('.count', label).textContent = count;
        label.classList.toggle('is-none', !count);
      }
      one(`[data-facet=${facet}] .facet-count`, form).textContent = boxes(facet).filter((box) => box.checked).length || '';
    });
    chips();
    columns(active ? [...verdicts.keys()] : null);
    selection.hidden = start === -Infinity && end === Infinity;
    select(start === -Infinity ? 0 : shareOf(monthOf(start)), end === Infinity ? 1 : shareOf(monthOf(end) + 1));
  };
  /** What is chosen, each with a button that takes it out. */
  const chips = () => {
    const chip = (name, out) => {
      const button = Object.assign(make('button', 'chip', name), { type: 'button', onclick: () => { out(); step(); q.focus({ preventScroll: true }); } });
      button.setAttribute('aria-label', filled(words.remove, name));
      return make('li', '', button);
    };
    const chips = chosen().map((box) => chip(one('.choice-name', box.parentElement).textContent, () => { box.checked = false; }));
    if (from.value || to.value) chips.push(chip(`${from.value || '…'} – ${to.value || '…'}`, () => { from.value = to.value = ''; }));
    one('.chosen', form).replaceChildren(...chips);
  };

  // The chart: columns of what is left, and a period drawn on it

  const figure = one('.overview');
  const plot = one('.plot', figure);
  const stacks = one('.stacks', plot);
  const [axis, unit, width] = [figure.dataset.first, figure.dataset.unit, figure.dataset.columns].map(Number);
  const selection = make('div', 'selection');
  const left = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  const columnOf = (month) => Math.floor((month - axis) / unit);
  const shareOf = (month) => Math.min(1, Math.max(0, (month - axis) / unit / width));
  const select = (start, end) => Object.assign(selection.style, { insetInlineStart: `${start * 100}%`, inlineSize: `${Math.max(0, end - start) * 100}%` });
  const columns = (events) => {
    stacks.classList.toggle('is-behind', Boolean(events));
    const counts = timeline.choices.families.map(() => new Array(width).fill(0));
    for (const row of (events ?? []).map((index) => timeline.events[index])) {
      const [begins, ends] = row[6]?.length ? [row[6][0], row[6][0]] : [first(row), row[5] ?? first(row)];
      const column = columnOf(monthOf(begins));
      const family = timeline.choices.families.indexOf(timeline.choices.kind[row[7]][2]);
      if (column === columnOf(monthOf(ends)) && column in counts[family]) counts[family][column] += 1;
    }
    const foot = new Array(width).fill(stacks.viewBox.baseVal.height);
    left.replaceChildren(...counts.map((heights, family) => {
      const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      path.setAttribute('class', `family-${timeline.choices.families[family]}`);
      path.setAttribute('d', heights.map((height, at) => (height ? `M${at}.1 ${foot[at]}h.8v-${height}h-.8z` : '')).join(''));
      heights.forEach((height, at) => { foot[at] -= height; });
      return path;
    }));
  };
  stacks.append(left);
  plot.prepend(Object.assign(selection, { hidden: true }));
  let [start, dragged] = [-1, false];
  const columnAt = (event) => {
    const box = plot.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    return Math.min(width - 1, Math.max(0, Math.floor((getComputedStyle(plot).direction === 'rtl' ? 1 - share : share) * width)));
  };
  // A month as one types it.
  const typedMonth = (month) => `${Math.floor(month / 12)}`.padStart(4, '0') + `-${(((month % 12) + 12) % 12) + 1}`.replace(/-(.)$/, '-0$1');
  Object.assign(plot, {
    onpointerdown: (event) => {
      load().catch(() => {});
      [start, dragged] = [event.button ? -1 : columnAt(event), false];
    },
    onpointermove: (event) => {
      const at = columnAt(event);
      if (start < 0 || (!dragged && at === start)) return;
      if (!dragged) plot.setPointerCapture(event.pointerId);
      [dragged, selection.hidden] = [true, false];
      select(Math.min(start, at) / width, (Math.max(start, at) + 1) / width);
    },
    onpointerup: (event) => {
      const ends = [start, columnAt(event)].sort((a, b) => a - b);
      if (dragged) [from.value, to.value] = [typedMonth(axis + ends[0] * unit), typedMonth(axis + (ends[1] + 1) * unit - 1)];
      if (dragged) load().then(step, () => {});
      start = -1;
    },
    onpointercancel: () => { start = -1; },
    ondragstart: () => false,
  });
  // The end of a drag is no click on a year.
  plot.addEventListener('click', (event) => { if (dragged) event.preventDefault(); dragged = false; }, true);

  // What the reader does

  const step = () => { write('pushState'); apply(); };
  const typing = () => {
    write('replaceState');
    load().then(apply, () => {});
  };
  for (const input of [q, from, to]) input.oninput = typing;
  form.onchange = (event) => { if (event.target.type === 'checkbox') step(); };
  clear.onclick = () => { show(new URLSearchParams()); step(); q.focus({ preventScroll: true }); };
  // One list of choices is open at a time; Escape and leaving it close it.
  const close = (event) => all('details[open]', form).forEach((facet) => { if (!facet.contains(event.target)) facet.open = false; });
  addEventListener('pointerdown', close);
  form.onkeydown = (event) => {
    const open = one('details[open]', form);
    if (event.key !== 'Escape' || !open) return;
    open.open = false;
    one('summary', open).focus();
  };
  form.addEventListener('focusin', (event) => {
    close(event);
    const isFirst = !loading;
    load().then(() => { if (isFirst) apply(); }, () => {});
  });
  const restore = () => {
    const query = new URLSearchParams(location.search);
    if (`${query}` || loading) load().then(() => { show(query); apply(); }, () => {});
  };
  addEventListener('popstate', restore);
  restore();
})();
