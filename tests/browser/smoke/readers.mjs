// What must hold in every browser that people read with, from disk and from a host. The rest of the tests look at more,
// in Chromium alone and with reduced motion; here the page moves as it does for most.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { onePageOfEachKind, readPage, text } from '../lib.mjs';
import { missing } from './drivers.mjs';
import { ADDRESSES, Key, reader } from './reader.mjs';
import { entry, paragraphs, servePreview } from '../served.mjs';

const PHONE = [390, 844];
const DESK = [1300, 900];
const WITH_PAPER = ['chromium', 'firefox']; // WebKitGTK's driver does not print

const pageOf = (kind) => onePageOfEachKind.find((page) => page.kind === kind).file;
let data;
new Function('annalsEvents', text('filter/events.js'))((events) => { data = events; });
/** The kind that most events are of: its id, and how many they are. */
const [[kind, ofKind]] = data.choices.kind
  .map(([id], at) => [id, data.events.filter((event) => event[7] === at).length])
  .sort(([, a], [, b]) => b - a);
const FILTERED = `index.html?kind=${kind}`;
const chart = (width) => (width < 704 ? '.parts' : '.plot .ticks');

/** Every test in one browser. */
export function readers(name) {
  const lacks = missing(name);
  for (const [where, ways] of Object.entries(ADDRESSES)) {
    describe(`${name}, ${where}`, { skip: lacks && `${lacks} is not installed` }, () => {
      let site;
      let reader_;
      before(async () => { [site, reader_] = await Promise.all([ways(), reader(name)]); });
      after(() => Promise.all([site?.close(), reader_?.quit()]));
      const visit = async (file, [width, height] = DESK) => {
        await reader_.resize(width, height);
        await reader_.open(site.address(file));
        return reader_;
      };
      timeline(visit, () => site);
      filters(visit);
      search(visit);
      figures(visit);
      events(visit);
      if (WITH_PAPER.includes(name)) paper(visit);
    });
  }
  describe(`${name}, in the preview`, { skip: lacks && `${lacks} is not installed` }, () => {
    let preview;
    let reader_;
    before(async () => { [preview, reader_] = await Promise.all([servePreview(), reader(name)]); });
    after(() => Promise.all([preview?.close(), reader_?.quit()]));
    test('a saved text is shown with style in every frame, where the reader was', () => seesEdits(reader_, preview));
  });
  if (name === 'webkit') return;
  describe(`${name}, with reduced motion`, { skip: lacks && `${lacks} is not installed` }, () => {
    let site;
    let reader_;
    before(async () => { [site, reader_] = await Promise.all([ADDRESSES['from disk'](), reader(name, { calm: true })]); });
    after(() => Promise.all([site?.close(), reader_?.quit()]));
    for (const size of [PHONE, DESK]) {
      test(`every year of the chart goes to that year at ${size[0]} px`, async () => {
        await reader_.resize(...size);
        await reader_.open(site.address('index.html'));
        assert.equal(await reader_.run(() => matchMedia('(prefers-reduced-motion: reduce)').matches), true);
        assert.deepEqual(await wrongYears(reader_, chart(size[0])), []);
      });
    }
  });
}

// The preview

/** Saves three edits of a long text, and looks at every frame. */
async function seesEdits(page, { address, write }) {
  const save = (words) => write('content/events/talks.md', entry(paragraphs(words)));
  const says = (words) => page.sees((words) => document.querySelector('main')?.textContent.includes(words), words);
  await page.resize(...DESK);
  save('They met.');
  await page.open(`${address}events/talks.html`);
  await says('They met in Geneva.');
  await page.run(() => {
    const weights = new Set();
    const look = () => {
      const heading = document.querySelector('h1');
      if (heading) weights.add(getComputedStyle(heading).fontWeight);
      sessionStorage.weights = [...weights]; // Firefox runs each of these functions in a world of its own
      requestAnimationFrame(look);
    };
    look();
    scrollTo({ top: 700, behavior: 'instant' });
  });
  for (const words of ['They met on Monday.', 'They met on Tuesday.', 'They met on Wednesday.']) {
    save(words);
    await says(words);
  }
  assert.equal(await page.rest(), 700);
  assert.equal(await page.run(() => sessionStorage.weights), '600', 'a frame had no style');
}

// Years

/** Follows every `step`th link of the chart to a year. Returns the links after which the year is not where it should be. */
async function wrongYears(page, links, step = 1) {
  const hrefs = await page.run((links) => [...document.querySelectorAll(`${links} a[href]`)].map((link) => link.getAttribute('href')), links);
  assert.ok(hrefs.length > 3, `${hrefs.length} years`);
  const wrong = [];
  for (const href of hrefs.filter((_, at) => at % step === 0)) {
    await page.run(() => scrollTo({ top: 0, behavior: 'instant' }));
    await page.click(`${links} a[href="${href}"]`);
    await page.rest();
    const seen = await page.run(placeOf, href.slice(1));
    if (seen) wrong.push(`${href}: ${seen}`);
  }
  return wrong;
}

/** Returns how far an element is from the top of the window; nothing if it is within 60 pixels, or as close as the page
 *  scrolls. */
function placeOf(id) {
  const { top } = document.getElementById(id).getBoundingClientRect();
  const isEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
  return (top >= -1 && top < 60) || (isEnd && top > 0 && top < innerHeight) ? '' : `${Math.round(top)} px from the top`;
}

function timeline(visit, siteOf) {
  for (const size of [PHONE, DESK]) {
    test(`every year of the chart goes to that year at ${size[0]} px`, async () => {
      assert.deepEqual(await wrongYears(await visit('index.html', size), chart(size[0]), size === DESK ? 3 : 1), []);
    });

    test(`addresses of years and months work from elsewhere at ${size[0]} px`, async () => {
      const anchors = [...readPage('index.html').ids].filter((id) => /^[ym]?-?\d{4,}/.test(id));
      for (const share of [0.2, 0.5, 0.8]) {
        const id = anchors[Math.floor(anchors.length * share)];
        await visit('about.html', size);
        const page = await visit(`index.html#${id}`, size);
        await page.rest();
        assert.equal(await page.run(placeOf, id), '', id);
      }
    });
  }

  test('back from an event goes to where the reader was', async () => {
    const page = await visit('index.html', PHONE);
    for (const share of [0.3, 0.7]) {
      const event = await page.run((share) => {
        const events = [...document.querySelectorAll('.years .event-title a')];
        const event = events[Math.floor(events.length * share)];
        event.scrollIntoView({ block: 'center', behavior: 'instant' });
        return event.getAttribute('href');
      }, share);
      const top = await page.run((event) => document.querySelector(`.years a[href="${event}"]`).getBoundingClientRect().top, event);
      await page.click(`.years a[href="${event}"]`);
      await page.sees(() => Boolean(document.querySelector('.event-page')));
      await page.back();
      await page.sees(() => Boolean(document.querySelector('.years')));
      await page.rest();
      const now = await page.run((event) => document.querySelector(`.years a[href="${event}"]`).getBoundingClientRect().top, event);
      assert.ok(Math.abs(now - top) < 40, `${event} was ${top} px from the top, and is ${now} px`);
    }
    assert.equal(siteOf().address('index.html'), await page.address());
  });
}

// Filters

const isFiltered = () => document.body.classList.contains('is-filtered');
const statusIs = (count) => document.querySelector('.filter-status').textContent.startsWith(`${count} `);
const fields = () => Object.fromEntries([...document.querySelectorAll('.filters input, .search-form [name]')]
  .filter((input) => (input.type === 'checkbox' ? input.checked : input.value))
  .map((input) => [input.name, input.value]));

function filters(visit) {
  test('a choice filters the timeline, and years without results are not links', async () => {
    const page = await visit('index.html');
    await page.click('[data-facet=kind] > summary');
    await page.sees(() => Boolean(document.querySelector('[data-facet=kind] input')));
    await page.click(`[data-facet=kind] input[value="${kind}"]`);
    await page.sees(statusIs, ofKind);
    assert.match(await page.address(), new RegExp(`\\?kind=${kind}$`));
    const years = await page.run(() => [...document.querySelectorAll('.plot .ticks li')].map((row) => {
      const link = row.querySelector('a[href]');
      return Boolean(link) === Boolean(document.getElementById(`y${row.textContent.trim().slice(0, 4)}`)?.checkVisibility());
    }));
    assert.deepEqual(years.filter((isRight) => !isRight), [], `${years}`);
    assert.deepEqual(await wrongYears(page, '.plot .ticks', 4), []);
    await page.click('.filter-clear');
    await page.sees(() => document.querySelectorAll('.plot .ticks a:not([href])').length === 0);
  });

  test('back to a filtered list finds its fields, its events and the place', async () => {
    const page = await visit(FILTERED, PHONE);
    await page.sees(statusIs, ofKind);
    const event = await page.run(() => {
      const shown = [...document.querySelectorAll('.years .event-title a')].filter((link) => link.checkVisibility());
      const event = shown[Math.floor(shown.length * 0.7)];
      event.scrollIntoView({ block: 'center', behavior: 'instant' });
      return event.getAttribute('href');
    });
    const top = () => page.run((event) => document.querySelector(`.years a[href="${event}"]`).getBoundingClientRect().top, event);
    const before = await top();
    await page.click(`.years a[href="${event}"]`);
    await page.sees(() => Boolean(document.querySelector('.event-page')));
    await page.back();
    await page.sees(statusIs, ofKind);
    await page.rest();
    assert.deepEqual(await page.run(fields), { kind });
    assert.ok(Math.abs(await top() - before) < 40, `${before} px from the top it was, and is ${await top()}`);
  });

  test('what is chosen after coming back is added to what was', async () => {
    const page = await visit(FILTERED);
    await page.sees(statusIs, ofKind);
    await page.type('#_filter-from', '1990');
    await page.sees(() => location.search.includes('from=1990'));
    await page.click('.years .event:not([hidden]) .event-title a');
    await page.sees(() => Boolean(document.querySelector('.event-page')));
    await page.back();
    await page.sees(isFiltered);
    await page.pause(300);
    assert.deepEqual(await page.run(fields), { kind, from: '1990' });
    await page.type('#_filter-to', '2090');
    await page.sees(() => location.search.includes('to=2090'));
    assert.match(await page.address(), new RegExp(`from=1990&to=2090&kind=${kind}$`));
  });

  test('when the browser takes no more addresses, the filters go on, and the address is right in the end', async () => {
    const page = await visit('index.html');
    await page.focus('#_filter-q');
    await page.sees(() => Boolean(document.querySelector('[data-facet=kind] input')));
    await page.run(exhaust);
    await page.type('#_filter-q', 'sy');
    await page.sees(isFiltered);
    await page.click('[data-facet=kind] > summary');
    await page.click(`[data-facet=kind] input[value="${kind}"]`);
    await page.sees(() => document.querySelectorAll('.chip').length === 2);
    await page.sees((search) => location.search === search, `?q=sy&kind=${kind}`);
    assert.equal(await page.run(() => document.body.dataset.errors), '');
  });
}

/** Writes addresses until browsers refuse them: WebKit and Firefox with an error, Chromium silently. */
function exhaust() {
  document.body.dataset.errors = '';
  for (const kind of ['error', 'unhandledrejection']) addEventListener(kind, (event) => { document.body.dataset.errors += event.message ?? event.reason; });
  for (let count = 0; count < 250; count += 1) {
    try {
      history.replaceState(null, '', location.href);
    } catch {}
  }
}

// Search

const settled = () => document.querySelector('#_results')?.ariaBusy === 'false';
const results = '#_results .event-title a';

function search(visit) {
  test('the field in the header of an event goes to its results', async () => {
    const page = await visit(pageOf('event'));
    await page.focus('#_site-search');
    await page.press('chlorine', Key.ENTER);
    await page.sees(() => location.pathname.endsWith('/search.html'));
    await page.sees(settled);
    assert.match(await page.address(), /search\.html\?q=chlorine$/);
    assert.ok((await page.texts(results)).length > 0);
  });

  test('back to a search finds its fields, its results and the place', async () => {
    const query = `q=syria&kind=${kind}&from=2011`;
    const page = await visit(`search.html?${query}`, PHONE);
    await page.sees(settled);
    await page.run(() => document.querySelector('#_results section > button:not([hidden])').click());
    await page.sees((selector) => document.querySelectorAll(selector).length > 20, results);
    await page.pause(2000); // the rest of them
    await page.sees(() => [...document.querySelectorAll('#_results .excerpt')].every((excerpt) => excerpt.textContent));
    const before = await page.texts(results);
    const at = Math.floor(before.length * 0.8);
    const top = () => page.run((selector, at) => document.querySelectorAll(selector)[at].getBoundingClientRect().top, results, at);
    await page.run((selector, at) => document.querySelectorAll(selector)[at].scrollIntoView({ block: 'center', behavior: 'instant' }), results, at);
    const was = await top();
    await page.run((selector, at) => document.querySelectorAll(selector)[at].click(), results, at);
    await page.sees(() => Boolean(document.querySelector('.event-page')));
    await page.back();
    await page.sees(settled);
    await page.pause(500);
    await page.rest();
    assert.deepEqual(await page.run(fields), Object.fromEntries(new URLSearchParams(query)));
    assert.deepEqual(await page.texts(results), before);
    assert.ok(Math.abs(await top() - was) < 40, `${was} px from the top it was, and is ${await top()}`);
    assert.ok(await page.run((selector, at) => { const { top, bottom } = document.querySelectorAll(selector)[at].getBoundingClientRect(); return bottom > 0 && top < innerHeight; }, results, at));
  });

  test('when the browser takes no more addresses, the search goes on, and the address is right in the end', async () => {
    const page = await visit('search.html');
    await page.sees(settled);
    await page.run(exhaust);
    await page.type('#_q', 'geneva');
    await page.sees((selector) => Boolean(document.querySelector(selector)), results);
    await page.sees(() => location.search === '?q=geneva');
    assert.equal(await page.run(() => document.body.dataset.errors), '');
  });
}

// Chart and map

function figures(visit) {
  test('a period drawn on the chart filters the list, and then Enter follows a year', async () => {
    const page = await visit('index.html');
    await page.drag('.plot', [0.3, 0.4], [0.7, 0.4]);
    await page.sees(isFiltered);
    assert.match(await page.address(), /\?from=\d{4}-\d\d&to=\d{4}-\d\d$/);
    const href = await page.run(() => document.querySelectorAll('.plot .ticks a[href]')[1].getAttribute('href'));
    await page.focus(`.plot .ticks a[href="${href}"]`);
    await page.press(Key.ENTER);
    await page.sees((href) => location.hash === href, href);
  });

  test('the map zooms, moves, and then Enter follows a place', async () => {
    const page = await visit('map.html');
    const view = () => page.run(() => document.querySelector('.map-wide .map-main').getAttribute('viewBox'));
    const start = await view();
    await page.click('.map-controls button');
    const zoomed = await view();
    assert.notEqual(zoomed, start);
    await page.drag('.map-wide', [0.5, 0.3], [0.3, 0.25]);
    assert.notEqual(await view(), zoomed);
    await page.focus('.map-wide .spot');
    await page.press(Key.ENTER);
    await page.sees(() => location.pathname.includes('/places/'));
  });
}

// Events, keys

function events(visit) {
  test('a citation shows its source to the keyboard, and links to it', async () => {
    const page = await visit(pageOf('event'));
    await page.focus('.event-header a');
    for (let stop = 0; stop < 60 && !(await page.run(() => document.activeElement.matches('sup.citation a'))); stop += 1) await page.press(Key.TAB);
    await page.sees(() => document.querySelector('.tip').checkVisibility());
    await page.press(Key.ENTER);
    await page.sees(() => location.hash.startsWith('#_source-'));
    await page.rest();
    assert.ok(await page.run(() => { const { top, bottom } = document.querySelector(':target').getBoundingClientRect(); return top >= -1 && bottom <= innerHeight + 1; }));
  });

  test('the first stop skips the menu', async () => {
    const page = await visit(pageOf('actor'));
    await page.press(Key.TAB);
    assert.equal(await page.run(() => document.activeElement.className), 'skip-link');
    await page.press(Key.ENTER);
    await page.sees(() => document.activeElement.localName === 'main');
  });
}

// Paper

/** Words of a text, however its lines are broken. Apostrophes are left out: Firefox writes another one into a PDF. */
const words = (text) => text.normalize('NFKC').replace(/[\s\u00ad'’\u02bc-]+/g, '');
/** What a list has on paper of each event. Titles are left out, because Firefox draws bold type as shapes in a PDF. */
const LISTED = '.years .event-summary, .years .event-date';

function paper(visit) {
  test('the timeline is on paper', async () => {
    const page = await visit('index.html');
    const paper = await page.paper();
    const onPaper = words(paper);
    const shown = (await page.texts(LISTED)).map(words);
    assert.ok(shown.length > data.events.length);
    assert.deepEqual(shown.filter((line) => !onPaper.includes(line)), []);
    // No month's name is left alone at the foot of a page, above its number.
    const months = new Set((await page.texts('.years .month-name')).map(words));
    const feet = paper.split('\f').map((sheet) => words(sheet.split('\n').filter((line) => /\S/.test(line) && !/^\s*\d+\s*$/.test(line)).at(-1) ?? ''));
    assert.deepEqual(feet.filter((line) => months.has(line)), []);
  });

  test('a filtered list says on paper what it was filtered by', async () => {
    const page = await visit(`${FILTERED}&q=syria&from=2011&to=2030`);
    await page.sees(isFiltered);
    const shown = (await page.texts(LISTED)).map(words);
    const hidden = (await page.run((selector) => [...document.querySelectorAll(selector)].filter((element) => !element.checkVisibility()).map((element) => element.textContent), '.years .event-summary')).map(words);
    const onPaper = words(await page.paper());
    assert.deepEqual(shown.filter((line) => !onPaper.includes(line)), []);
    assert.deepEqual(hidden.filter((line) => onPaper.includes(line)), []);
    const name = data.choices.kind.find(([id]) => id === kind)[1];
    const head = onPaper.slice(0, onPaper.indexOf(shown[0]));
    for (const part of [name, 'syria', '2011 – 2030']) assert.ok(head.includes(words(part)), part);
  });

  test('a search says on paper what was sought, and shows the results with their excerpts', async () => {
    const page = await visit('search.html?q=geneva&from=2012&to=2020');
    await page.sees(settled);
    const count = Number(/\d+/.exec((await page.texts('#_status'))[0])[0]);
    assert.ok(count > 20, `${count} results`);
    const onPaper = words(await page.paper());
    for (const part of ['geneva', '2012', '2020']) assert.ok(onPaper.slice(0, onPaper.indexOf('Geneva')).includes(part), part);
    const rows = await page.run(() => [...document.querySelectorAll('.search-results li')].map((row) => [row.querySelector('h3').textContent, row.querySelector('.excerpt').textContent]));
    assert.ok(rows.length > 10 && rows.length <= count, `${rows.length} rows`);
    assert.deepEqual(rows.filter(([, excerpt]) => !excerpt || !onPaper.includes(words(excerpt))), []);
  });

  test('the map is on paper, above its list', async () => {
    const page = await visit('map.html');
    const [key, list] = await page.run(() => [document.querySelector('.map-wide .map-key').textContent, document.querySelector('.map-places caption').textContent]);
    const [first] = (await page.paper()).split('\f');
    assert.ok(words(first.slice(0, first.indexOf(list))).includes(words(key).slice(-8)), `${key} is not on the first page`);
  });

  test('accounts are side by side on paper', async () => {
    const page = await visit(pageOf('event'));
    const says = await page.run(() => [...document.querySelectorAll('.account p:last-child')].map((words) => words.textContent.trim().slice(0, 20)));
    const lines = (await page.paper('-layout')).split('\n');
    assert.ok(lines.some((line) => line.includes(says[0]) && line.includes(says[1])), `${says}`);
  });
}
