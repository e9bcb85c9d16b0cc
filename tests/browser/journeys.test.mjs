// How many steps three readers need on a phone, where a tap and a filled field are one step each; and how far down the page
// the story starts.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { useBrowser } from './lib.mjs';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const forms = process.env.FORMS_SITE;
const browser = useBrowser();

/** A reader on a phone, at a page of the site. `steps` is what they have done. */
async function reader(t, file, options = {}) {
  const page = await browser.tab(t, { ...PHONE, ...options });
  await page.goto(browser.address(file));
  const steps = [];
  return {
    page,
    steps,
    async tap(locator, what) {
      await locator.waitFor({ state: 'visible' });
      const { x, y, width, height } = await locator.evaluate((element) => {
        element.scrollIntoView({ block: 'center' });
        return element.getBoundingClientRect().toJSON();
      });
      assert.ok(width >= 24 && height >= 20, `${what} is too small to be tapped: ${width} × ${height}`);
      await page.touchscreen.tap(x + Math.min(width / 2, 60), y + Math.min(height / 2, 20));
      steps.push(what);
    },
    async type(locator, text, what) {
      await locator.fill(text);
      steps.push(what);
    },
  };
}

test('a journalist finds what Russia and Turkey agreed in autumn 2019, with sources, in eight steps', async (t) => {
  const { page, steps, tap, type } = await reader(t, 'index.html');
  await tap(page.getByRole('button', { name: 'Filter' }), 'the button of the filters');
  await type(page.getByLabel('From', { exact: true }), 'autumn 2019', 'the period');
  await tap(page.getByRole('button', { name: 'Only autumn 2019' }), 'only this period');
  const sheet = page.locator('dialog[open]');
  const choice = (name) => sheet.locator('label', { has: page.getByText(name, { exact: true }) });
  await tap(choice('Russia'), 'Russia');
  await tap(choice('Turkey'), 'Turkey');
  await tap(sheet.getByRole('button', { name: /^Show \d+ events?$/ }), 'show');
  const found = page.locator('.years .event:visible');
  assert.ok((await found.count()) >= 3);
  for (const text of await found.locator('time').allTextContents()) assert.match(text, /(September|October|November) 2019/);
  const memorandum = found.locator('a', { hasText: 'joint patrols' });
  await tap(memorandum, 'the event');
  await page.waitForURL(/2019-10-22-sochi-memorandum/);
  await tap(page.locator('sup.citation a').first(), 'a citation');
  await page.waitForURL(/#_source-/);
  const source = page.locator(':target');
  assert.ok(await source.getByRole('link').first().isVisible(), 'the source is there to be quoted');
  assert.ok(steps.length <= 8, steps.join(', '));
});

test('a student copies a table of all vetoes in four steps', async (t) => {
  const { page, steps, tap } = await reader(t, 'index.html', { permissions: ['clipboard-read', 'clipboard-write'] });
  await tap(page.getByRole('button', { name: 'Menu' }), 'the menu');
  await tap(page.getByRole('link', { name: 'Votes', exact: true }), 'votes');
  await tap(page.locator('label, a', { hasText: /^\s*Vetoed/ }).first(), 'vetoed');
  await tap(page.getByRole('button', { name: 'Text', exact: true }), 'copy as text');
  await page.getByText(/18 votes/).waitFor();
  const pasted = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const text = async (type) => (await item.getType(type)).text();
    return { text: await text('text/plain'), html: await text('text/html') };
  });
  const [head, ...rows] = pasted.text.trim().split('\n').map((line) => line.split('\t'));
  assert.equal(rows.length, 18);
  const column = (name) => rows.map((row) => row[head.indexOf(name)]);
  for (const date of column('Date')) assert.match(date, /\d{1,2} \w+ 20\d\d/);
  for (const document of column('Document')) assert.match(document, /^S\/20\d\d\/\d+$/);
  for (const against of column('Against')) assert.match(against, /^[123]$/);
  for (const yes of column('In favour')) assert.match(yes, /^\d+$/);
  assert.equal(pasted.html.match(/<tr/g).length, 19, 'it is pasted as a table');
  assert.ok(steps.length <= 4, steps.join(', '));
});

test('an editor who found a wrong date is at a report that names the entry in three steps', { skip: !forms && 'FORMS_SITE is not set' }, async (t) => {
  const { page, steps, tap } = await reader(t, 'index.html');
  // The contact of the site with all forms of date is a mailbox, so every entry has a link to report an error.
  const file = 'day.html';
  await page.goto(pathToFileURL(join(forms, 'events', file)).href);
  const [title, date] = await Promise.all(['h1', '.event-date time'].map(async (part) => (await page.locator(part).first().innerText()).replaceAll('\u00a0', ' ')));
  const report = page.locator('a[href^="mailto:"]');
  await page.evaluate(() => addEventListener('click', (event) => {
    globalThis.opened = event.target.href;
    event.preventDefault();
  }));
  await tap(report.first(), 'report an error');
  const opened = new URL(await page.evaluate(() => globalThis.opened));
  assert.match(opened.searchParams.get('subject'), new RegExp(title.slice(0, 12)));
  const body = opened.searchParams.get('body');
  assert.ok(body.includes(title) && body.includes(date) && body.includes(`events/${file}`), body);
  assert.ok(steps.length <= 3, steps.join(', '));
});

for (const [width, height, screens] of [[390, 844, 1.5], [1440, 900, 1]]) {
  test(`the timeline begins within ${screens} screens at ${width} × ${height}`, async (t) => {
    const page = await browser.tab(t, { viewport: { width, height } });
    await page.goto(browser.address('index.html'));
    await page.evaluate(() => document.fonts.ready);
    const { y } = await page.locator('.years .event').first().boundingBox();
    assert.ok(y > 0 && y <= screens * height, `the first event is ${y} px down`);
  });
}
