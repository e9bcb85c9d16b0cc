// The preview in Chromium: a saved edit is shown, a style sheet is replaced without a reload, mistakes are laid over the page.
// smoke/readers.mjs has what must hold in every browser.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { useBrowser } from './lib.mjs';
import { entry, paragraphs, servePreview } from './served.mjs';

const browser = useBrowser();
let preview;
const write = (path, text) => preview.write(path, text);

before(async () => { preview = await servePreview(); });
after(() => preview?.close());

/** A tab with the event's page, which says whether it is still the one that was loaded first. */
async function open(t) {
  const page = await browser.tab(t);
  await page.goto(`${preview.address}events/talks.html`);
  await page.evaluate(() => { globalThis.mark = true; });
  return { page, isTheSame: () => page.evaluate(() => globalThis.mark === true) };
}

test('a saved text is written over the page, which works as before, where the reader was', async (t) => {
  write('content/events/talks.md', entry(paragraphs('They met.')));
  const { page, isTheSame } = await open(t);
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  await page.evaluate(() => {
    scrollTo(0, 700);
    globalThis.weights = new Set(); // of the heading, in every frame from now on
    const look = () => {
      const heading = document.querySelector('h1');
      if (heading) globalThis.weights.add(getComputedStyle(heading).fontWeight);
      requestAnimationFrame(look);
    };
    look();
  });
  for (const day of ['Monday', 'Tuesday', 'Wednesday']) {
    write('content/events/talks.md', entry(paragraphs(`They met on ${day}.`)));
    await page.getByText(`They met on ${day}.`).waitFor({ state: 'attached' });
  }
  assert.equal(await isTheSame(), true, 'the page was loaded again');
  await page.waitForFunction(() => scrollY === 700);
  assert.equal(await page.locator('script[src*="preview.js"]').count(), 0, 'a second listener would come with each edit');
  assert.deepEqual(await page.evaluate(() => [...globalThis.weights]), ['600'], 'a frame had no style');
  // The scripts run again: the search suggests, once.
  await page.locator('#_site-search').fill('talk');
  await page.locator('[role=option]').first().waitFor();
  await page.waitForTimeout(300);
  assert.equal(await page.locator('[role=listbox]').count(), 1);
  assert.deepEqual(said, []);
  // The suggestions have loaded the index, which the next edit makes stale, so the page must be reloaded.
  write('content/events/talks.md', entry('They met on Friday.'));
  await page.getByText('They met on Friday.').waitFor();
  assert.equal(await isTheSame(), false, 'the page kept an old index');
});

test('a template with a script of its own is reloaded', async (t) => {
  const { page, isTheSame } = await open(t);
  const home = (number) => `<html><head><title>T</title><script src="own.js"></script></head><body><h1>Own ${number}</h1></body></html>`;
  write('static/own.js', 'const once = 1; globalThis.runs = (globalThis.runs ?? 0) + once;');
  write('templates/404.html', home(1));
  await page.goto(`${preview.address}404.html`);
  await page.evaluate(() => { globalThis.mark = true; });
  write('templates/404.html', home(2));
  await page.getByText('Own 2').waitFor();
  assert.equal(await isTheSame(), false, 'a script ran twice');
  assert.equal(await page.evaluate(() => globalThis.runs), 1);
});

test('a script of the site that changes is reloaded', async (t) => {
  const { page, isTheSame } = await open(t);
  write('static/other.js', '1;');
  await page.waitForFunction(() => globalThis.mark === undefined);
  assert.equal(await isTheSame(), false);
});

test('a style sheet is replaced without a reload, also one that is new', async (t) => {
  const { page, isTheSame } = await open(t);
  const colour = () => page.evaluate(() => getComputedStyle(document.querySelector('h1')).color);
  const becomes = (wanted) => page.waitForFunction((wanted) => getComputedStyle(document.querySelector('h1')).color === wanted, wanted);
  write('static/assets/annals.css', 'h1 { color: rgb(1, 2, 3) }\n');
  await becomes('rgb(1, 2, 3)');
  await page.evaluate(() => { globalThis.mark = true; }); // the new folder may have cost a reload
  write('static/assets/annals.css', 'h1 { color: rgb(4, 5, 6) }\n');
  await becomes('rgb(4, 5, 6)');
  assert.equal(await isTheSame(), true, 'the page stayed');
  await page.waitForFunction(() => [...document.querySelectorAll('link[rel=stylesheet]')].filter((link) => link.href.includes('annals.css')).length === 1);
  assert.equal(await colour(), 'rgb(4, 5, 6)');
  // A page that is written over this one has the newest sheet too.
  for (const [number, shade] of [[1, 'rgb(7, 8, 9)'], [2, 'rgb(10, 11, 12)']]) {
    write('content/events/talks.md', entry(`They met ${number} times.`));
    await page.getByText(`They met ${number} times.`).waitFor();
    assert.notEqual(await colour(), shade);
    write('static/assets/annals.css', `h1 { color: ${shade} }\n`);
    await becomes(shade);
  }
  assert.equal(await isTheSame(), true, 'the page was loaded again');
});

test('a mistake is laid over the last good page, and goes when it is corrected', async (t) => {
  const { page } = await open(t);
  write('content/events/talks.md', entry('They met in [Sochi](@/places/sochi.md).'));
  const report = page.getByRole('alert');
  await report.waitFor();
  assert.match(await report.innerText(), /dead-link/);
  assert.doesNotMatch(await page.locator('main').innerText(), /Sochi/, 'the last good page stays');
  write('content/events/talks.md', entry('They met in Sochi.'));
  await page.getByText('They met in Sochi.').waitFor();
  assert.equal(await report.count(), 0);
});
