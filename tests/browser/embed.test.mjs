// The timeline in a frame of another site: it shows what its address asks for, as the filters of the home page would, and
// posts its height to the page around it. Tested in sandboxed frames of a page of another origin with a strict content
// security policy, and from disk, in Chromium and Firefox.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import axe from 'axe-core';
import { SITE, serve, text, useBrowser } from './lib.mjs';
import { missing } from './smoke/drivers.mjs';
import { reader } from './smoke/reader.mjs';

const KB = 1024;
const browser = useBrowser();

/** The code for other sites on data.html, and its script and the value of `sandbox` in it. */
const [, code] = /<code id="_embed-code">([^]*?)<\/code>/.exec(text('data.html'));
const plain = code.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#34;', '"').replaceAll('&amp;', '&');
const [, listener] = /<script>([^]*)<\/script>/.exec(plain);
const [, sandbox] = /sandbox="([^"]*)"/.exec(plain);

let data;
new Function('annalsEvents', text('filter/events.js'))((events) => { data = events; });
const columns = { actor: 8, process: 10 };
/** The ids of a facet, those with the most events first. */
const most = (facet) => data.choices[facet]
  .map(([id], at) => [id, data.events.filter((event) => event[columns[facet]].includes(at)).length])
  .sort(([, a], [, b]) => b - a).map(([id]) => id);
const [actors, processes] = [most('actor'), most('process')];
const years = data.events.map((event) => Number(/^-?\d+/.exec(event[14])?.[0])).filter(Number.isFinite);
const middle = years[years.length >> 1];

const SELECTIONS = [
  '',
  `process=${processes[0]}`,
  `process=${processes[0]}&process=${processes[1]}`,
  `actor=${actors[0]}&order=newest`,
  `actor=${actors[0]}&actor=${actors[1]}`,
  `process=${processes[1]}&actor=${actors[0]}`,
  `from=${middle}&to=${middle}`,
  `to=${middle}-06&order=newest`,
  `from=${middle}-03-14&actor=${actors[1]}`,
  `process=${processes[0]}&process=${processes[2]}&from=${middle}-02&to=${middle + 2}-11-20&order=newest`,
];

let site; // where the timeline is
let host; // another origin, with pages around it
let frames = ''; // what the page of the host has
before(async () => {
  site = await serve('/a/sub/path/');
  host = await other();
});
after(() => Promise.all([site.close(), host.close()]));

/** A newspaper: one page with frames and the script that data.html gives, and a policy that allows nothing else. */
async function other() {
  const server = createServer((request, response) => {
    const policy = `default-src 'none'; script-src 'nonce-one'; frame-src ${new URL(site.root).origin}`;
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy });
    response.end(`<!doctype html><html lang="en"><title>News</title><h1>News</h1>${frames}<p id="end">End</p>
      <script nonce="one">heard = []; addEventListener('message', ({ data }) => heard.push(data)); ${listener}</script>`);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  // Not the name of the site's host, so that the origin and the site differ.
  const root = `http://localhost:${server.address().port}/`;
  return { root, close: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }) };
}

const frameOf = (query, more = '') => `<iframe class="annals" title="Timeline" width="100%" height="600" sandbox="${sandbox}" src="${site.address('embed.html')}?${query}"${more}></iframe>`;
const settled = (page) => page.waitForFunction(() => document.querySelector('.embed-status').textContent);
const status = (page) => page.locator('.embed-status').textContent();
const addresses = (page, selector) => page.locator(selector).evaluateAll((links) => links
  .filter((link) => link.checkVisibility()).map((link) => link.href.replace(/.*\//, '')));
/** Opens all results of a frame, and returns the addresses of the events that are certainly and possibly in the period. */
const everything = async (page) => {
  await settled(page);
  for (const more = page.locator('.more'); await more.isVisible();) {
    const before = await page.locator('.embed-events .event, .embed-possibly .event').count();
    await more.click();
    await page.waitForFunction((before) => document.querySelectorAll('.embed-events .event, .embed-possibly .event').length > before, before);
  }
  return [await addresses(page, '.embed-events .event a'), await addresses(page, '.embed-possibly .event a')];
};

describe('a frame shows the events that the filters of the home page leave', () => {
  for (const query of SELECTIONS) {
    test(`?${query}`, async (t) => {
      const page = await browser.tab(t);
      await page.goto(`${site.address('index.html')}?${query}`);
      if (query.replace('order=newest', '')) await page.waitForFunction(() => document.querySelector('.is-filtered'));
      for (const more of await page.locator('.results .more, .possibly .more').all()) while (await more.isVisible()) await more.click();
      const expected = [await addresses(page, '.years .event a, .results .event a'), await addresses(page, '.possibly .event a')];
      await page.goto(`${site.address('embed.html')}?${query}&limit=30`);
      const found = await everything(page);
      assert.deepEqual(found, expected);
      assert.ok(found[0].length > 0, 'the selection has events');
      assert.match(await status(page), new RegExp(`(^|· )${found[0].length} events?($| ·)`));
      // The link to the site shows the same selection there.
      await page.goto(await page.locator('h1 a').evaluate((link) => link.href));
      if (query.replace('order=newest', '')) await page.waitForFunction(() => document.querySelector('.is-filtered'));
      for (const more of await page.locator('.results .more, .possibly .more').all()) while (await more.isVisible()) await more.click();
      assert.deepEqual(await addresses(page, '.years .event a, .results .event a'), expected[0]);
    });
  }

  test('a frame is named after its selection, and its rows say what rows of the site say', async (t) => {
    const page = await browser.tab(t);
    await page.goto(`${site.address('embed.html')}?process=${processes[0]}&actor=${actors[0]}&from=${middle}-03-14`);
    await settled(page);
    const nameOf = (facet, id) => data.choices[facet].find(([of]) => of === id)[1];
    const title = `${nameOf('process', processes[0])}, ${nameOf('actor', actors[0])}`;
    assert.equal(await page.locator('h1').textContent(), title);
    assert.equal(await page.title(), title);
    assert.match(await status(page), new RegExp(`^14 March ${middle} – … · `));
    for (const row of await page.locator('.embed-events .event').all()) {
      const url = await row.locator('a').evaluate((link) => link.href.replace(/.*\/events/, 'events'));
      const event = data.events.find(([of]) => of === url);
      assert.equal((await row.locator('.event-date').textContent()).replaceAll('\u00a0', ' '), event[2]);
      assert.equal(await row.locator('h3').textContent(), event[1]);
      assert.equal(await row.locator('.kind').textContent(), data.choices.kind[event[7]][1]);
      assert.equal(await row.locator('.confidence').count(), event[11] ? 1 : 0);
    }
  });

  test('`limit` says how many are shown at a time', async (t) => {
    const page = await browser.tab(t);
    await page.goto(`${site.address('embed.html')}?limit=3`);
    await settled(page);
    assert.equal(await page.locator('.embed-events .event').count(), 3);
    await page.locator('.more').click();
    assert.equal(await page.locator('.embed-events .event').count(), 6);
    assert.equal(await page.locator('.embed-events .event:nth-child(4) a').evaluate((link) => link === document.activeElement), true);
  });

  test('`theme` gives light or dark, whatever the reader prefers', async (t) => {
    const page = await browser.tab(t);
    const paper = async (theme, colorScheme) => {
      await page.emulateMedia({ colorScheme });
      await page.goto(`${site.address('embed.html')}?limit=1&theme=${theme}`);
      await settled(page);
      return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    };
    const [light, dark] = [await paper('auto', 'light'), await paper('auto', 'dark')];
    assert.notEqual(light, dark);
    assert.deepEqual([await paper('light', 'light'), await paper('light', 'dark')], [light, light]);
    assert.deepEqual([await paper('dark', 'light'), await paper('dark', 'dark')], [dark, dark]);
  });
});

// BIG_SITE names the folder of a site of 10,000 events, built from `cargo xtask corpus 10000 DIR`.
describe('a frame of a large timeline', { skip: process.env.BIG_SITE ? false : 'BIG_SITE is not set' }, () => {
  const folder = process.env.BIG_SITE;
  const read = (pathname) => readFileSync(join(folder, pathname), 'utf8');
  /** The rows of a selection, from all of its parts. */
  const rowsOf = (id) => {
    const values = {};
    const load = (path) => new Function('annalsEmbed', read(`embed/${path}.js`))((name, value) => Object.assign(values[name] ??= {}, value));
    load(`process/${id}`);
    const parts = values[`process/${id}`].parts.map((_, at) => `process/${id}.${at}`);
    parts.forEach(load);
    return parts.flatMap((part) => values[part].events);
  };

  for (const order of ['', '&order=newest']) test(`merges three processes part by part${order}`, async (t) => {
    const ids = readdirSync(join(folder, 'embed/process')).filter((file) => /^[^.]+\.js$/.test(file)).slice(0, 3).map((file) => file.slice(0, -3));
    const rows = new Map(ids.flatMap(rowsOf).map((row) => [row[0], row[1]]));
    const expected = [...rows].sort(([a], [b]) => (order ? b - a : a - b)).map(([, path]) => `${path}.html`);
    assert.ok(expected.length > 1000, `${expected.length} events`);
    const page = await browser.tab(t);
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${pathToFileURL(resolve(folder, 'embed.html'))}?${ids.map((id) => `process=${id}`).join('&')}&limit=200${order}`);
    await settled(page);
    const parts = () => asked.filter((url) => /\.\d+\.js$/.test(url)).length;
    assert.ok(parts() <= 9, `${parts()} parts for the first 200 events`);
    assert.match(await status(page), /^At least \d+ events$/);
    const [found] = await everything(page);
    assert.deepEqual(found, expected);
    assert.equal(await status(page), `${expected.length} events`);
  });
});

describe('a frame says plainly what is wrong', () => {
  const cases = [
    ['actor=nobody-of-this-name', 'This timeline has no actor “nobody-of-this-name”.', true],
    ['process=../actor/x&actor=', 'This timeline has no process “../actor/x”.', true],
    [`actor=${actors[0]}.0`, `This timeline has no actor “${actors[0]}.0”.`, true],
    ['actor=%3Cimg%20src=x%20onerror=alert(1)%3E', 'This timeline has no actor “<img src=x onerror=alert(1)>”.', true],
    ['from=yesterday', '“yesterday” is not a date. It can be a year, a month or a day: 2017, 2017-11 or 2017-11-20.', true],
    ['to=2017-02-30', '“2017-02-30” is not a date. It can be a year, a month or a day: 2017, 2017-11 or 2017-11-20.', true],
    ['from=2018&to=2017', 'The period ends before it begins.', true],
    ['place=geneva', 'An embedded timeline cannot be filtered by “place”.', true],
    ['from=9000', '9000 – … · No events match this selection.', false],
  ];
  for (const [query, message, hasLatest] of cases) {
    test(`?${query}`, async (t) => {
      const page = await browser.tab(t);
      await page.goto(`${site.address('embed.html')}?${query}`);
      await settled(page);
      assert.equal(await status(page), message);
      assert.equal(await page.locator('.embed-latest').isVisible(), hasLatest);
      assert.equal(await page.locator('.embed-footer a').first().isVisible(), true);
    });
  }

  test('parameters that are nobody’s change nothing', async (t) => {
    const page = await browser.tab(t);
    await page.goto(`${site.address('embed.html')}?utm_source=news&lang=ar`);
    await settled(page);
    assert.equal(await status(page), `${data.events.length} events`);
  });

  test('an id loads no script outside its folder', async (t) => {
    const page = await browser.tab(t);
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    for (const id of ['../../assets/annals', '..%2F..%2Fassets%2Fannals', '%2e%2e/all', 'x%5C..%5C..%5Cassets%5Cannals']) {
      await page.goto(`${site.address('embed.html')}?actor=${id}`);
      await settled(page);
      assert.match(await status(page), /^This timeline has no actor/, id);
    }
    assert.deepEqual(asked.filter((url) => /annals\.js|%2F|%5C/i.test(url) && !url.includes('embed.html')), []);
  });

  test('dates and facts keep their order on a page that runs from right to left', async (t) => {
    const page = await browser.tab(t, { viewport: { width: 390, height: 800 } });
    await page.goto(`${site.address('embed.html')}?process=${processes[0]}`);
    await settled(page);
    await page.locator('html').evaluate((root) => { root.dir = 'rtl'; });
    const facts = page.locator('.embed-events .event-facts').filter({ has: page.locator('i') }).first();
    const { dot, words, kind, edge } = await facts.evaluate((line) => {
      const rect = (selector) => line.querySelector(selector).getClientRects()[0]; // on its first line
      return { dot: rect('i').left, words: rect('b + span').right, kind: rect('.kind bdi').right, edge: line.parentNode.getBoundingClientRect().right };
    });
    assert.ok(dot >= words - 1, `the dot begins at ${dot}, the words end at ${words}`);
    assert.ok(kind <= edge + 1, `the first fact ends at ${kind}, the row at ${edge}`);
    assert.equal(await page.locator('.event-date > bdi').count(), await page.locator('.embed-events .event-date').count());
  });

  test('without data it says so and shows the latest events', async (t) => {
    const page = await browser.tab(t);
    await page.route('**/embed/**', (route) => route.abort());
    await page.goto(`${site.address('embed.html')}?process=${processes[0]}`);
    await settled(page);
    assert.equal(await status(page), 'The list of events could not be loaded.');
    assert.equal(await page.locator('.embed-latest').isVisible(), true);
  });

  test('without its script the latest events appear after a while', async (t) => {
    const page = await browser.tab(t);
    await page.route('**/embed.js', (route) => route.abort());
    await page.goto(`${site.address('embed.html')}?process=${processes[0]}`);
    await page.locator('.embed-latest').waitFor({ state: 'visible' });
  });

  test('without scripts it shows the latest events and the way to the site', async (t) => {
    const page = await browser.tab(t, { javaScriptEnabled: false });
    await page.goto(`${site.address('embed.html')}?process=${processes[0]}`);
    const latest = data.events.slice(-10).reverse().map(([url]) => url.replace(/.*\//, ''));
    assert.equal(await page.locator('.embed-latest').isVisible(), true);
    assert.deepEqual(await page.locator('.embed-latest .event a').evaluateAll((links) => links.map((link) => link.href.replace(/.*\//, ''))), latest);
    assert.equal(await page.locator('h1 a').evaluate((link) => link.href), site.address('index.html'));
    for (const hidden of ['.embed-events', '.embed-possibly', '.more']) assert.equal(await page.locator(hidden).isVisible(), false);
  });
});

describe('in a sandboxed frame of another origin with a strict policy', () => {
  test('each frame gets the height that it asks for, and asks no further', async (t) => {
    frames = [`process=${processes[0]}`, `actor=${actors[0]}&limit=5`, 'actor=nobody'].map((query) => frameOf(query)).join('');
    const page = await browser.tab(t, { viewport: { width: 800, height: 900 } });
    const outside = [];
    page.on('request', (request) => { if (![site.root, host.root].some((root) => request.url().startsWith(root))) outside.push(request.url()); });
    await page.goto(host.root);
    // Frames out of view, which browsers do not render yet, have got their heights too.
    await page.waitForFunction(() => [...document.querySelectorAll('iframe')].every(({ height }) => height !== '600'));
    for (const [at, inside] of page.frames().slice(1).entries()) {
      await page.locator('iframe').nth(at).scrollIntoViewIfNeeded();
      await inside.waitForFunction(() => innerHeight === document.documentElement.scrollHeight);
      // Its origin is opaque: it has no storage, and no access to the page around it.
      assert.equal(await inside.evaluate(() => origin), 'null');
    }
    await page.waitForTimeout(500);
    const heard = await page.evaluate(() => globalThis.heard);
    assert.ok(heard.length < 12, `${heard.length} messages`);
    for (const message of heard) assert.deepEqual(message, { type: 'annals:resize', version: 1, height: Math.ceil(message.height) });
    // More events, and another width.
    const [, , second] = page.frames();
    const height = () => page.locator('iframe').nth(1).evaluate((frame) => frame.clientHeight);
    const before = await height();
    await second.evaluate(() => document.querySelector('.more').click());
    await page.waitForFunction((before) => document.querySelectorAll('iframe')[1].clientHeight > before, before);
    await page.setViewportSize({ width: 340, height: 900 });
    for (const [at, inside] of page.frames().slice(1).entries()) {
      await page.locator('iframe').nth(at).scrollIntoViewIfNeeded();
      await page.waitForTimeout(500);
      assert.equal(await inside.evaluate(() => innerHeight - document.documentElement.scrollHeight), 0);
      assert.ok(await inside.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is cut off');
    }
    assert.deepEqual(outside, []);
  });

  test('a page that listens late asks for the height', async (t) => {
    frames = frameOf(`process=${processes[0]}`);
    const page = await browser.tab(t);
    await page.goto(host.root);
    await page.waitForFunction(() => globalThis.heard.length > 0);
    await page.evaluate(() => {
      globalThis.heard.length = 0;
      frames[0].postMessage({ type: 'annals:measure' }, '*');
    });
    await page.waitForFunction(() => globalThis.heard.length > 0);
  });

  test('links open in a tab that is not sandboxed and cannot reach the frame', async (t) => {
    frames = frameOf(`process=${processes[0]}`);
    const page = await browser.tab(t);
    await page.goto(host.root);
    const link = page.frameLocator('iframe').locator('.embed-events .event a').first();
    const [opened] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
    await opened.waitForLoadState();
    assert.match(opened.url(), /\/events\/.*\.html$/);
    assert.equal(await opened.evaluate(() => opener), null);
    assert.equal(await opened.evaluate(() => origin), new URL(site.root).origin);
  });

  test('without `allow-scripts` it shows the latest events', async (t) => {
    frames = frameOf(`process=${processes[0]}`).replace(/sandbox="[^"]*"/, 'sandbox="allow-popups"');
    const page = await browser.tab(t);
    await page.goto(host.root);
    assert.equal(await page.frameLocator('iframe').locator('.embed-latest .event').count(), 10);
    assert.equal(await page.frameLocator('iframe').locator('.embed-latest').isVisible(), true);
  });
});

test('from disk it shows a selection', async (t) => {
  const page = await browser.tab(t);
  await page.goto(`${browser.address('embed.html')}?process=${processes[0]}&limit=5`);
  await settled(page);
  assert.equal(await page.locator('.embed-events .event').count(), 5);
});

test('axe finds nothing, light and dark, with and without a selection', async (t) => {
  const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  for (const query of [`process=${processes[0]}&from=${middle}`, 'actor=nobody']) for (const colorScheme of ['light', 'dark']) {
    const page = await browser.tab(t, { colorScheme });
    await page.goto(`${site.address('embed.html')}?${query}`);
    await settled(page);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: 'tag', values }, rules: { 'target-size': { enabled: true } } }), values);
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), [], `${query}, ${colorScheme}`);
  }
});

describe('a frame is light', () => {
  test('its script has at most 3.25 KB of gzip', () => {
    const size = gzipSync(readFileSync(join(SITE, 'assets/embed.js')), { level: 9 }).length;
    assert.ok(size <= 3.25 * KB, `${size} bytes`);
  });

  for (const query of SELECTIONS) {
    test(`its first view loads at most 60 KB and no typeface: ?${query}`, async (t) => {
      const page = await browser.tab(t);
      const sizes = {};
      page.on('response', async (response) => {
        const path = new URL(response.url()).pathname.replace('/a/sub/path/', '');
        sizes[path] = gzipSync(readFileSync(join(SITE, path)), { level: 9 }).length;
      });
      await page.goto(`${site.address('embed.html')}?${query}`);
      await settled(page);
      const size = Object.values(sizes).reduce((sum, one) => sum + one, 0);
      t.diagnostic(`${size} bytes in ${Object.keys(sizes).length} files`);
      assert.ok(size <= 60 * KB, JSON.stringify(sizes));
      assert.deepEqual(Object.keys(sizes).filter((path) => path.includes('font')), []);
    });
  }
});

const lacks = missing('firefox');
describe('in Firefox', { skip: lacks && `${lacks} is not installed` }, () => {
  let firefox;
  before(async () => { firefox = await reader('firefox'); });
  after(() => firefox?.quit());

  test('a sandboxed frame of another origin shows a selection and gets its height', async () => {
    frames = frameOf(`process=${processes[0]}&limit=5`);
    await firefox.open(host.root);
    await firefox.sees(() => globalThis.heard.length > 0 && document.querySelector('iframe').height === `${globalThis.heard.at(-1).height}`);
    await firefox.driver.switchTo().frame(0);
    assert.equal((await firefox.texts('.embed-events .event a')).length, 5);
    await firefox.sees(() => innerHeight === document.documentElement.scrollHeight);
  });

  test('from disk it shows a selection', async () => {
    await firefox.open(`${browser.address('embed.html')}?process=${processes[0]}&limit=5`);
    await firefox.sees(() => document.querySelectorAll('.embed-events .event').length === 5);
  });
});
