// What a reader waits for and fetches on a large site: first paint, longest task, keystroke to result, bytes.
//
// node pages.mjs FEWER SITE ROUNDS: two built sites, of which the second has more events.
//
// Each page is opened with an empty cache, from disk and from a server on this machine that neither compresses nor delays.

import { createServer } from 'node:http';
import { readFileSync, readdirSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { BROWSER, launch } from '../chromium.mjs';
import { pause, print, quantile } from './print.mjs';

const [fewer, site] = process.argv.slice(2, 4).map((folder) => resolve(folder));
const rounds = Number(process.argv[4]);
const KB = 1024;
const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
const COMPRESSED = ['.woff2', '.png', '.jpg', '.webp']; // what a host does not compress again

// The server: remembers what was fetched

let fetched = [];
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
  let bytes;
  try { bytes = readFileSync(join('/', path)); } catch { return response.writeHead(404).end(); }
  fetched.push({ path, bytes });
  response.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream', 'Cache-Control': 'no-store' }).end(bytes);
});
await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
const overHttp = (folder, file) => `http://127.0.0.1:${server.address().port}${join(folder, file)}`;
const fromDisk = (folder, file) => pathToFileURL(join(folder, file)).href;

const zipped = ({ path, bytes }) => (COMPRESSED.includes(extname(path)) ? bytes.length : gzipSync(bytes).length);
const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);

const browser = await launch(BROWSER);

/** Opens a page in a new context with an empty cache, calls `act` on it, and closes it. `fetched` has what it requested. */
async function visit(address, act) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  fetched = [];
  const before = await page.evaluate(() => performance.now()); // the process of the page is there
  await page.goto(address, { waitUntil: 'load' });
  const result = await act(page, before);
  await context.close();
  return result;
}

const firstPaint = (page) => page.evaluate(() => new Promise((found) => {
  const observer = new PerformanceObserver((list) => {
    const entry = list.getEntriesByName('first-contentful-paint')[0];
    if (entry) found(entry.startTime);
  });
  observer.observe({ type: 'paint', buffered: true });
}));

const event = `events/${readdirSync(join(site, 'events')).filter((file) => file.endsWith('.html')).sort()[100]}`;

// First paint, which must not depend on the number of events

for (const [where, address] of [['from disk', fromDisk], ['over HTTP', overHttp]]) {
  const times = { fewer: [], more: [] };
  await visit(address(site, 'index.html'), firstPaint); // the first page of all is slow
  for (let round = 0; round < Math.max(rounds * 3, 15); round++) {
    times.fewer.push(await visit(address(fewer, 'index.html'), firstPaint));
    times.more.push(await visit(address(site, 'index.html'), firstPaint));
  }
  const spread = (numbers) => quantile(numbers, 0.75) - quantile(numbers, 0.25);
  print(`home ${where}, first paint`, quantile(times.more), 'ms');
  print(`home ${where}, first paint, a tenth of the events`, quantile(times.fewer), 'ms');
  const noise = Math.max(spread(times.fewer), spread(times.more));
  print(`home ${where}, growth of the first paint`, Math.max(0, quantile(times.more) - quantile(times.fewer)), 'ms', noise.toFixed(2));
}
for (const [what, file] of [['event', event], ['search', 'search.html'], ['map', 'map.html']]) {
  const times = [];
  for (let round = 0; round < rounds; round++) times.push(await visit(overHttp(site, file), firstPaint));
  print(`${what}, first paint`, quantile(times), 'ms');
}

// The longest task of the main thread, from the request until a second after the page has loaded

async function longestTask(file, act = async () => {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  await page.goto(overHttp(site, file), { waitUntil: 'load' });
  await act(page);
  await pause(1000);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  await context.close();
  const main = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = traceEvents.filter(({ name, dur, pid, tid }) => name.endsWith('RunTask') && dur && main.has(`${pid} ${tid}`));
  return Math.max(...tasks.map(({ dur }) => dur)) / 1000;
}

const typeInto = (field, words) => async (page) => {
  await page.click(field);
  await page.keyboard.type(words, { delay: 60 });
};
for (const [what, file, act] of [
  ['home', 'index.html'], ['event', event], ['map', 'map.html'], ['search', 'search.html'],
  ['home, while a filter is typed', 'index.html', typeInto('#_filter-q', 'ba mi ka')],
  ['search, while words are typed', 'search.html', typeInto('#_q', 'ba mi ka')],
]) {
  const times = [];
  for (let round = 0; round < rounds; round++) times.push(await longestTask(file, act));
  print(`${what}, longest task`, quantile(times), 'ms');
}

// From a keystroke to the frame that shows its result

/**
 * Types words letter by letter, each after the result of the previous one. The result of a letter is the last change of the
 * elements that `shown` selects. Returns the milliseconds from the first letter, for which data is loaded, and from each of the
 * others to the frame with its result.
 */
async function keystrokes(file, field, shown, words) {
  return visit(overHttp(site, file), async (page) => {
    await page.evaluate((selector) => {
      let from = 0;
      addEventListener('input', (input) => { from = input.timeStamp; }, true);
      const changed = () => requestAnimationFrame((now) => { globalThis.took = Math.max(now, performance.now()) - from; });
      const observer = new MutationObserver(changed);
      for (const element of document.querySelectorAll(selector)) observer.observe(element, { childList: true, subtree: true, characterData: true });
    }, shown);
    await page.click(field);
    const times = [];
    for (const letter of words) {
      await page.evaluate(() => { globalThis.took = 0; });
      await page.keyboard.type(letter);
      await page.waitForFunction(() => globalThis.took > 0, undefined, { timeout: 3000 }).catch(() => {}); // a space may change nothing
      await pause(400);
      times.push(await page.evaluate(() => globalThis.took));
    }
    const [first, ...others] = times;
    return { first, others: others.filter((time) => time > 0) };
  });
}
for (const [what, file, field, shown] of [
  ['home, filter', 'index.html', '#_filter-q', '.filter-status, section.results'],
  ['search', 'search.html', '#_q', '#_results, #_status'],
]) {
  const runs = [];
  for (let round = 0; round < rounds; round++) runs.push(await keystrokes(file, field, shown, 'ba mi ka'));
  print(`${what}, first letter to result`, quantile(runs.map(({ first }) => first)), 'ms');
  print(`${what}, further letter to result`, quantile(runs.flatMap(({ others }) => others)), 'ms');
  print(`${what}, the slowest letter`, Math.max(...runs.flatMap(({ first, others }) => [first, ...others])), 'ms');
}

// Bytes and requests

for (const [what, file, act] of [
  ['home', 'index.html'], ['event', event], ['map', 'map.html'],
  ['home with a filter', 'index.html', typeInto('#_filter-q', 'ba')],
]) {
  await visit(overHttp(site, file), async (page) => {
    await act?.(page);
    await pause(1000);
    print(`${what}, requests`, fetched.length, '');
    print(`${what}, fetched`, sum(fetched.map(({ bytes }) => bytes.length)) / KB, 'KB');
    print(`${what}, fetched with gzip`, sum(fetched.map(zipped)) / KB, 'KB');
  });
}

// Pages load annals.js; only embed.html loads embed.js, which has no limit here.
for (const [script, limit] of [['annals.js', '20'], ['embed.js']]) {
  print(`${script}, gzip`, gzipSync(readFileSync(join(site, 'assets', script)), { level: 9 }).length / KB, 'KB', limit);
}

/** Returns how many bytes of the index a query has loaded when its first result is there, its excerpt included. */
async function indexOf(query) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(() => {
    new MutationObserver(() => {
      const first = document.querySelector('#_results li');
      if (!first || globalThis.loaded) return;
      globalThis.loaded = [...document.scripts].map((script) => script.getAttribute('src') ?? '').filter((file) => file.startsWith('search/'));
      globalThis.loaded.push(`search/texts-${Math.floor(Number(first.id.slice(2)) / 4)}.js`);
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${overHttp(site, 'search.html')}?q=${encodeURIComponent(query)}`);
  await page.waitForFunction(() => globalThis.loaded);
  const files = await page.evaluate(() => globalThis.loaded);
  await context.close();
  return sum([...new Set(files)].map((file) => readFileSync(join(site, file)).length));
}
const weights = [];
for (const query of ['ba ', 'ba', 'ba mi ', 'ba mi ka', '20 March 2015', '2015']) weights.push([await indexOf(query), query.trim()]);
const [most, worst] = weights.sort(([a], [b]) => b - a)[0];
print(`search for "${worst}", index before the first result`, most / KB, 'KB', '150');

await browser.close();
server.close();
process.exit(0);
