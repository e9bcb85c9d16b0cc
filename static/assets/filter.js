// @ts-check
// Narrows the timeline down: by words, period, kind, actor, place, process and confidence, combined. The state is in
// the address, so that it can be shared and the way back works. The page is whole without this script.
(() => {
  'use strict';

  /** @typedef {[string, string, string, string, number | null, number | null, number[], number, number[], number[], number[], number, number]} Row
   *  address, title, date in words, classes of the mark, first and last possible day, certain days, kind, actors,
   *  places, processes, confidence, importance */
  /** @typedef {'kind' | 'actor' | 'place' | 'process' | 'confidence'} Facet */
  /** @typedef {{ choices: Record<Facet, string[][]> & { families: string[] }, events: Row[] }} Timeline */
  /** @typedef {{ q: string, from: string, to: string } & Record<Facet, string[]>} State */

  /** @type {Facet[]} */
  const FACETS = ['kind', 'actor', 'place', 'process', 'confidence'];
  /** @type {Record<Facet, number>} */
  const COLUMN = { kind: 7, actor: 8, place: 9, process: 10, confidence: 11 };
  const PAGE = 100; // rows shown at once where the page does not list the events itself
  const NO = 0, CERTAINLY = 1, POSSIBLY = 2;

  const form = /** @type {HTMLFormElement} */ (document.querySelector('form.filters'));
  if (!form) return;
  const root = form.dataset.root ?? '';
  const words = form.dataset;
  /** @template {Element} T @param {string} selector @param {ParentNode} [within] @returns {T} */
  const one = (selector, within = document) => /** @type {T} */ (within.querySelector(selector));
  /** @param {string | undefined} text @param {string | number} value */
  const filled = (text, value) => (text ?? '').replace('%1', String(value));
  /** @type {HTMLInputElement} */ const q = one('[name=q]', form);
  /** @type {HTMLInputElement} */ const from = one('[name=from]', form);
  /** @type {HTMLInputElement} */ const to = one('[name=to]', form);
  const status = one('.filter-status', form);
  /** @type {HTMLElement} */ const clear = one('.filter-clear', form);
  /** @type {HTMLElement} */ const results = one('section.results');
  /** @type {HTMLElement} */ const possibly = one('section.possibly');
  const listed = [...document.querySelectorAll('.years .event[data-event]')].map((item) => /** @type {HTMLElement} */ (item));

  // The data

  /** @type {Timeline} */ let timeline;
  /** @type {number[]} */ let scope = []; // the events that this page is about
  /** @type {string[]} */ let texts = []; // what words are looked for in, folded, by event
  /** @type {string[]} */ let summaries = [];
  /** @type {Promise<void> | undefined} */ let loading;

  /** @param {string} file @param {string} name @returns {Promise<any>} */
  const script = (file, name) => new Promise((resolve, reject) => {
    /** @type {any} */ (globalThis)[name] = resolve;
    const element = document.createElement('script');
    element.src = root + file;
    element.onerror = reject;
    document.head.append(element);
  });

  /** Loads the events once, when they are first wanted. */
  const load = () => (loading ??= script('filter/events.js', 'annalsEvents').then((data) => {
    timeline = data;
    const year = Number(words.year);
    scope = listed.length
      ? listed.map((item) => Number(item.dataset.event))
      : timeline.events.flatMap((row, index) => (!words.year || yearOf(row) === year ? [index] : []));
    FACETS.forEach(offer);
    script('filter/summaries.js', 'annalsSummaries').then((data) => {
      summaries = data;
      texts = [];
      idle(foldSome);
      if (q.value) apply();
    }, () => {});
  }, () => { status.textContent = words.failed ?? ''; throw new Error('filter/events.js'); }));

  /** @param {Row} row */
  const yearOf = (row) => month(row[4] ?? row[5] ?? 0).year;
  /** @param {() => void} work */
  const idle = (work) => ('requestIdleCallback' in globalThis ? requestIdleCallback(work) : setTimeout(work, 50));
  /** @param {string} text @returns {string} */
  const fold = (text) => /** @type {any} */ (globalThis).annalsText.fold(text);

  /** @param {number} index */
  const textOf = (index) => {
    if (texts[index] === undefined) {
      const row = timeline.events[index];
      const names = (/** @type {Facet[]} */ (['actor', 'place', 'process'])).flatMap((facet) => of(row, facet).map((at) => timeline.choices[facet][at][1]));
      texts[index] = fold([row[1], summaries[index] ?? '', ...names].join('\n'));
    }
    return texts[index];
  };
  /** Folds the texts a slice at a time, so that no keystroke waits for it. */
  const foldSome = () => {
    const next = scope.filter((index) => texts[index] === undefined).slice(0, 300);
    next.forEach(textOf);
    if (next.length) idle(foldSome);
  };
  /** @param {Row} row @param {Facet} facet @returns {number[]} */
  const of = (row, facet) => [/** @type {any} */ (row[COLUMN[facet]])].flat();

  // Days, counted from 1 March of year 0 as the build does

  /** @param {number} year @param {number} month @param {number} day */
  const dayNumber = (year, month, day) => {
    const y = month <= 2 ? year - 1 : year;
    const ofYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
    return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + ofYear;
  };
  /** @param {number} number */
  const month = (number) => {
    const era = Math.floor(number / 146097);
    const ofEra = number - era * 146097;
    const y = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365);
    const m = Math.floor((5 * (ofEra - (365 * y + Math.floor(y / 4) - Math.floor(y / 100))) + 2) / 153);
    return { year: y + era * 400 + (m >= 10 ? 1 : 0), month: m < 10 ? m + 3 : m - 9 };
  };
  /** The first or the last day of a year, month or day as typed; NaN where it is none of them. @param {string} text @param {boolean} end */
  const dayOf = (text, end) => {
    const parts = /^([+-]?\d{1,9})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text.trim());
    if (!parts) return NaN;
    const [year, m, d] = [Number(parts[1]), Number(parts[2] ?? (end ? 12 : 1)), Number(parts[3] ?? 1)];
    const next = m === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, m + 1, 1);
    const day = dayNumber(year, m, d);
    if (m < 1 || m > 12 || d < 1 || day >= next) return NaN;
    return end && parts[3] === undefined ? next - 1 : day;
  };

  // The state, in the address and in the controls

  /** @returns {State} */
  const read = () => {
    const query = new URLSearchParams(location.search);
    const state = /** @type {any} */ ({ q: query.get('q') ?? '', from: query.get('from') ?? '', to: query.get('to') ?? '' });
    for (const facet of FACETS) state[facet] = query.getAll(facet);
    return state;
  };
  /** @returns {State} */
  const asChosen = () => {
    const state = /** @type {any} */ ({ q: q.value, from: from.value.trim(), to: to.value.trim() });
    for (const facet of FACETS) state[facet] = boxes(facet).filter((box) => box.checked).map((box) => box.value);
    return state;
  };
  /** @param {State} state */
  const show = (state) => {
    [q.value, from.value, to.value] = [state.q, state.from, state.to];
    for (const facet of FACETS) for (const box of boxes(facet)) box.checked = state[facet].includes(box.value);
  };
  /** @param {State} state */
  const isActive = (state) => Boolean(state.q.trim() || state.from || state.to || FACETS.some((facet) => state[facet].length));
  /** @param {State} state @param {boolean} step whether going back leads to the state before */
  const write = (state, step) => {
    const query = new URLSearchParams();
    for (const name of /** @type {const} */ (['q', 'from', 'to'])) if (state[name]) query.set(name, state[name]);
    for (const facet of FACETS) for (const value of state[facet]) query.append(facet, value);
    const address = location.pathname + (`${query}` && `?${query}`);
    history[step ? 'pushState' : 'replaceState'](null, '', address);
  };

  /** @param {Facet} facet @returns {HTMLInputElement[]} */
  const boxes = (facet) => [...form.querySelectorAll(`[data-facet=${facet}] input`)].map((box) => /** @type {HTMLInputElement} */ (box));
  /** Writes the choices of a facet: those that occur on this page. @param {Facet} facet */
  const offer = (facet) => {
    const list = one(`[data-facet=${facet}] .choices`, form);
    const present = new Set(scope.flatMap((index) => of(timeline.events[index], facet)));
    list.replaceChildren(...timeline.choices[facet].flatMap(([id, name, family], at) => {
      if (!present.has(at)) return [];
      const item = make('li');
      const label = make('label');
      const box = /** @type {HTMLInputElement} */ (make('input'));
      Object.assign(box, { type: 'checkbox', name: facet, value: id });
      label.append(box);
      if (family) label.append(make('span', `glyph glyph-${id} family-${family}`));
      label.append(make('span', 'choice-name', name), ' ', make('span', 'count'));
      label.dataset.at = String(at);
      item.append(label);
      return [item];
    }));
  };
  /** @param {string} tag @param {string} [classes] @param {string} [text] */
  const make = (tag, classes, text) => {
    const element = document.createElement(tag);
    if (classes) element.className = classes;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  // What is in and what is not

  /** Whether an event lies in the period. @param {Row} row @param {number} first @param {number} last */
  const inPeriod = (row, first, last) => {
    const [earliest, latest] = [row[4] ?? -Infinity, row[5] ?? Infinity];
    if (latest < first || earliest > last) return NO;
    if (earliest >= first && latest <= last) return CERTAINLY;
    const certain = row[6];
    for (let at = 0; at < certain.length; at += 2) if (certain[at] <= last && certain[at + 1] >= first) return CERTAINLY;
    return POSSIBLY;
  };

  /** @param {State} state */
  const decide = (state) => {
    const sought = fold(state.q).split(/\s+/).filter(Boolean);
    const first = state.from ? dayOf(state.from, false) : -Infinity;
    const last = state.to ? dayOf(state.to, true) : Infinity;
    const chosen = FACETS.map((facet) => {
      const ids = new Map(timeline.choices[facet].map(([id], at) => [id, at]));
      return state[facet].map((id) => ids.get(id) ?? -1);
    });
    const counts = FACETS.map((facet) => new Array(timeline.choices[facet].length).fill(0));
    const verdicts = new Map();
    for (const index of scope) {
      const row = timeline.events[index];
      const period = inPeriod(row, Number.isNaN(first) ? -Infinity : first, Number.isNaN(last) ? Infinity : last);
      if (period === NO || (sought.length && !sought.every((word) => textOf(index).includes(word)))) continue;
      // An event that one facet alone keeps out is counted at the other choices of that facet.
      let out = -1, faults = 0;
      FACETS.forEach((facet, at) => {
        const has = of(row, facet);
        const fits = facet === 'actor' ? chosen[at].every((one) => has.includes(one)) : !chosen[at].length || chosen[at].some((one) => has.includes(one));
        if (!fits) { faults += 1; out = at; }
      });
      FACETS.forEach((facet, at) => {
        if (!faults || (faults === 1 && out === at && facet !== 'actor')) for (const value of of(row, facet)) counts[at][value] += 1;
      });
      if (!faults) verdicts.set(index, period);
    }
    return { verdicts, counts, invalid: [Number.isNaN(first), Number.isNaN(last)] };
  };

  // What is shown

  let shown = PAGE;
  /** @param {number} index */
  const row = (index) => {
    const event = timeline.events[index];
    const [, , family] = timeline.choices.kind[event[7]];
    const item = make('li', `event importance-${event[12]} family-${family}`);
    const date = make('p', 'event-date');
    date.append(make('span', `mark ${event[3]}`), event[2]);
    const text = make('div', 'event-text');
    const title = make('h3', 'event-title');
    const link = /** @type {HTMLAnchorElement} */ (make('a', '', event[1]));
    link.href = root + event[0];
    title.append(link);
    const kind = make('span', 'kind');
    kind.append(make('span', `glyph glyph-${timeline.choices.kind[event[7]][0]}`), timeline.choices.kind[event[7]][1]);
    const facts = make('p', 'event-facts');
    facts.append(kind, ' ', make('span', '', event[8].map((at) => timeline.choices.actor[at][1]).join(', ')));
    text.append(title, facts);
    item.append(date, text);
    return item;
  };
  /** @param {HTMLElement} section @param {number[]} events @param {number} most */
  const list = (section, events, most) => {
    section.hidden = !events.length;
    const parts = /** @type {Node[]} */ (events.slice(0, most).map((index) => {
      const item = listed.find((item) => item.dataset.event === String(index));
      const copy = /** @type {HTMLElement | undefined} */ (item?.cloneNode(true));
      if (copy) copy.hidden = false;
      return copy ?? row(index);
    }));
    one('ol', section).replaceChildren(...parts);
    one('.more', section)?.remove();
    if (events.length > most) {
      const more = make('button', 'more', filled(words.more, Math.min(PAGE, events.length - most)));
      more.addEventListener('click', () => {
        shown += PAGE;
        list(section, events, most + PAGE);
        /** @type {HTMLElement | null} */ (one('ol', section).children[most]?.querySelector('a'))?.focus();
      });
      section.append(more);
    }
  };

  const apply = () => {
    const state = asChosen();
    const active = isActive(state);
    const { verdicts, counts, invalid } = decide(state);
    document.body.classList.toggle('is-filtered', active);
    const certain = [...verdicts.keys()].filter((index) => verdicts.get(index) === CERTAINLY);
    const perhaps = [...verdicts.keys()].filter((index) => verdicts.get(index) === POSSIBLY);
    for (const item of listed) item.hidden = active && verdicts.get(Number(item.dataset.event)) !== CERTAINLY;
    for (const part of document.querySelectorAll('.years .month, .years.year, .years .year')) {
      /** @type {HTMLElement} */ (part).hidden = active && listed.length > 0 && !part.querySelector('.event:not([hidden])');
    }
    list(results, active && !listed.length ? certain : [], shown);
    list(possibly, active ? perhaps : [], shown);
    [from, to].forEach((input, at) => {
      input.setAttribute('aria-invalid', String(invalid[at]));
      input.title = invalid[at] ? (words.invalid ?? '') : '';
    });
    const told = active ? filled(words.status, certain.length) + (perhaps.length ? `, ${filled(words.possibly, perhaps.length)}` : '') : (words.all ?? '');
    const sentence = invalid.includes(true) ? `${told}. ${words.invalid}` : told;
    if (status.textContent !== sentence) status.textContent = sentence;
    clear.hidden = !active;
    FACETS.forEach((facet, at) => {
      for (const label of form.querySelectorAll(`[data-facet=${facet}] label`)) {
        const count = counts[at][Number(/** @type {HTMLElement} */ (label).dataset.at)];
        one('.count', label).textContent = String(count);
        label.classList.toggle('is-none', !count);
      }
      one(`[data-facet=${facet}] .facet-count`, form).textContent = state[facet].length ? ` ${state[facet].length}` : '';
    });
    chips(state);
    chart(active ? [...verdicts.keys()] : null);
    mark(state);
  };

  /** What is chosen, each with a button that takes it out. @param {State} state */
  const chips = (state) => {
    const of = (/** @type {string} */ name, /** @type {() => void} */ out) => {
      const item = make('li');
      const button = make('button', 'chip', name);
      button.setAttribute('aria-label', filled(words.remove, name));
      /** @type {HTMLButtonElement} */ (button).type = 'button';
      button.addEventListener('click', () => { out(); step(); q.focus({ preventScroll: true }); });
      item.append(button);
      return item;
    };
    const chosen = FACETS.flatMap((facet) => boxes(facet).filter((box) => box.checked).map((box) => of(one('.choice-name', box.parentElement ?? form).textContent ?? '', () => { box.checked = false; })));
    if (state.from || state.to) chosen.push(of(`${state.from || '…'} – ${state.to || '…'}`, () => { from.value = to.value = ''; }));
    one('.chosen', form).replaceChildren(...chosen);
  };

  // The chart: columns of what is left, and a period drawn on it

  /** @type {HTMLElement | null} */ const figure = document.querySelector('.overview');
  /** @type {HTMLElement | null} */ const plot = figure && figure.querySelector('.plot');
  const axis = { first: Number(figure?.dataset.first), unit: Number(figure?.dataset.unit), columns: Number(figure?.dataset.columns) };
  const selection = make('div', 'selection');
  /** @param {number | null} day */
  const columnOf = (day) => {
    if (day === null) return -1;
    const at = month(day);
    return Math.floor((at.year * 12 + at.month - 1 - axis.first) / axis.unit);
  };
  /** @param {number[] | null} events */
  const chart = (events) => {
    const stacks = plot?.querySelector('svg.stacks');
    if (!stacks) return;
    stacks.querySelector('.left')?.remove();
    stacks.classList.toggle('is-behind', events !== null);
    if (!events) return;
    const families = timeline.choices.families;
    const heights = families.map(() => new Array(axis.columns).fill(0));
    for (const index of events) {
      const event = timeline.events[index];
      const column = event[6].length ? columnOf(event[6][0]) : columnOf(event[4]) === columnOf(event[5]) ? columnOf(event[4]) : -1;
      if (column >= 0 && column < axis.columns) heights[families.indexOf(timeline.choices.kind[event[7]][2])][column] += 1;
    }
    const group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
    group.setAttribute('class', 'left');
    const foot = new Array(axis.columns).fill(Number((stacks.getAttribute('viewBox') ?? '').split(' ')[3]));
    heights.forEach((columns, family) => {
      const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      path.setAttribute('class', `family-${families[family]}`);
      path.setAttribute('d', columns.map((height, at) => (height ? `M${at}.1 ${foot[at]}h.8v-${height}h-.8z` : '')).join(''));
      columns.forEach((height, at) => { foot[at] -= height; });
      group.append(path);
    });
    stacks.append(group);
  };
  /** Shows the period on the chart. @param {State} state */
  const mark = (state) => {
    const share = (/** @type {number} */ day) => {
      const { year, month: m } = month(day);
      return Math.min(1, Math.max(0, (year * 12 + m - 1 - axis.first) / (axis.unit * axis.columns)));
    };
    const first = state.from ? dayOf(state.from, false) : NaN;
    const last = state.to ? dayOf(state.to, true) : NaN;
    selection.hidden = Number.isNaN(first) && Number.isNaN(last);
    place(Number.isNaN(first) ? 0 : share(first), Number.isNaN(last) ? 1 : share(last + 1));
  };
  /** @param {number} start @param {number} end shares of the axis */
  const place = (start, end) => {
    selection.style.insetInlineStart = `${start * 100}%`;
    selection.style.inlineSize = `${Math.max(0, end - start) * 100}%`;
  };
  /** @param {number} column */
  const monthWords = (column) => {
    const months = axis.first + column * axis.unit;
    const year = Math.floor(months / 12);
    return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}-${String(months - year * 12 + 1).padStart(2, '0')}`;
  };
  if (plot) {
    selection.hidden = true;
    plot.append(selection);
    /** @type {number | null} */ let start = null;
    let dragged = false;
    const columnAt = (/** @type {PointerEvent} */ event) => {
      const box = plot.getBoundingClientRect();
      const share = (event.clientX - box.left) / box.width;
      const along = getComputedStyle(plot).direction === 'rtl' ? 1 - share : share;
      return Math.min(axis.columns - 1, Math.max(0, Math.floor(along * axis.columns)));
    };
    plot.addEventListener('pointerdown', (event) => {
      load().catch(() => {});
      if (event.button === 0) { start = columnAt(event); dragged = false; }
    });
    plot.addEventListener('pointermove', (event) => {
      if (start === null) return;
      const at = columnAt(event);
      if (!dragged && at === start) return;
      if (!dragged) { dragged = true; plot.setPointerCapture(event.pointerId); selection.hidden = false; }
      place(Math.min(start, at) / axis.columns, (Math.max(start, at) + 1) / axis.columns);
    });
    plot.addEventListener('pointerup', (event) => {
      if (start !== null && dragged) {
        const at = columnAt(event);
        from.value = monthWords(Math.min(start, at));
        to.value = monthWords(Math.max(start, at) + 1 - 1 / axis.unit);
        load().then(step, () => {});
      }
      start = null;
    });
    plot.addEventListener('pointercancel', () => { start = null; });
    plot.addEventListener('dragstart', (event) => event.preventDefault());
    // The end of a drag is no click on a year.
    plot.addEventListener('click', (event) => { if (dragged) { event.preventDefault(); dragged = false; } }, true);
  }

  // What the reader does

  const step = () => { shown = PAGE; write(asChosen(), true); apply(); };
  let typed = 0;
  const typing = () => {
    shown = PAGE;
    write(asChosen(), false);
    const now = ++typed;
    load().then(() => { if (now === typed) apply(); }, () => {});
  };
  for (const input of [q, from, to]) input.addEventListener('input', typing);
  form.addEventListener('change', (event) => { if (/** @type {HTMLInputElement} */ (event.target).type === 'checkbox') step(); });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    show(/** @type {any} */ ({ q: '', from: '', to: '', ...Object.fromEntries(FACETS.map((facet) => [facet, []])) }));
    step();
    q.focus({ preventScroll: true });
  });
  form.addEventListener('focusin', () => { load().then(() => { if (!one('.choices li .count', form)?.textContent) apply(); }, () => {}); });
  // One list of choices is open at a time; Escape and a click elsewhere close it.
  const facets = [...form.querySelectorAll('details')];
  const close = (/** @type {EventTarget | null} */ but) => facets.forEach((facet) => { if (!(but instanceof Node && facet.contains(but))) facet.open = false; });
  document.addEventListener('pointerdown', (event) => close(event.target));
  form.addEventListener('keydown', (event) => {
    const open = facets.find((facet) => facet.open);
    if (event.key !== 'Escape' || !open) return;
    open.open = false;
    open.querySelector('summary')?.focus();
  });
  form.addEventListener('focusin', (event) => close(event.target));

  const restore = () => {
    const state = read();
    if (!isActive(state) && !loading) return;
    load().then(() => { show(state); apply(); }, () => {});
  };
  addEventListener('popstate', restore);
  restore();
})();
