// Suggestions of the search field in the header: by keyboard and touch, from disk and over HTTP.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import axe from 'axe-core';
import { serve, useBrowser } from './lib.mjs';

const browser = useBrowser();
const EVENT = 'events/2017-11-20-putin-receives-assad-in-sochi.html';

let server;
before(async () => {
  server = await serve('/a/sub/path/');
});
after(() => server.close());

/** A tab on a page with its search field in sight. It fails the test when the console says a word. */
async function open(t, address, options = {}) {
  const page = await browser.tab(t, options);
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  t.after(() => assert.deepEqual(said, []));
  await page.goto(address);
  const menu = page.locator('.menu-button');
  if (await menu.isVisible()) await menu.click();
  return page;
}

const field = (page) => page.locator('#_site-search');
const options = (page) => page.locator('#_suggestions [role=option]');

/** Types, and waits for a first suggestion that matches `first`: a slow machine suggests for the first letters too. */
async function type(page, words, first) {
  await field(page).pressSequentially(words, { delay: 20 });
  await options(page).first().and(options(page).filter({ hasText: first })).waitFor();
}

for (const [where, address] of [['from disk', browser.address], ['over HTTP under a sub-path', (file) => server.address(file)]]) {
  describe(`suggestions ${where}`, () => {
    for (const file of ['index.html', EVENT]) {
      test(`by keyboard on ${file}`, async (t) => {
        const page = await open(t, address(file));
        await type(page, 'turk', /^Turkey\s*Actor$/);
        assert.equal(await field(page).getAttribute('aria-expanded'), 'true');
        assert.ok((await options(page).count()) <= 8);
        assert.equal(await field(page).getAttribute('aria-activedescendant'), '');
        await page.keyboard.press('ArrowDown');
        const active = () => page.evaluate(() => document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.textContent);
        assert.match(await active(), /^Turkey/);
        await page.keyboard.press('ArrowUp');
        assert.equal(await active(), undefined, 'back in the field');
        await page.keyboard.press('ArrowUp');
        assert.equal(await active(), await options(page).last().textContent());
        await page.keyboard.press('Home');
        assert.equal(await field(page).evaluate((input) => input.selectionStart), 0, 'Home stays in the field');
        await page.keyboard.press('Escape');
        assert.equal(await page.locator('#_suggestions').isVisible(), false);
        assert.equal(await field(page).inputValue(), 'turk', 'Escape only closes the list');
        await page.keyboard.press('End');
        await type(page, 'e', /^Turkey/);
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        await page.waitForURL(/actors\/turkey\.html$/);
      });
    }
  });
}

test('Enter without a choice searches', async (t) => {
  const page = await open(t, browser.address(EVENT));
  await type(page, 'turk', /^Turkey/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/search\.html\?q=turk$/);
});

test('an event has its date, and names in other scripts are found', async (t) => {
  const page = await open(t, browser.address('index.html'));
  await type(page, 'putin receives', /20 November 2017/);
  await field(page).fill('');
  await type(page, 'أردوغان', /Erdoğan\s*Actor$/);
});

test('by touch at 390 pixels: options are at least 44 pixels high, lie over the page and go straight to it', async (t) => {
  const page = await open(t, browser.address(EVENT), { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await field(page).tap();
  const before = await page.locator('h1').boundingBox();
  await type(page, 'damascus', /^Damascus\s*Place/);
  assert.deepEqual(await page.locator('h1').boundingBox(), before, 'nothing moves');
  for (const { height, x, width } of await options(page).evaluateAll((all) => all.map((option) => option.getBoundingClientRect().toJSON()))) {
    assert.ok(height >= 44 && x >= 0 && x + width <= 390, `${height} ${x} ${width}`);
  }
  const { height } = await page.locator('#_suggestions').boundingBox();
  assert.ok(height <= 844 * 0.6 + 2, `${height}`);
  await options(page).filter({ hasText: /^DamascusPlace/ }).tap();
  await page.waitForURL(/places\/damascus\.html$/);
});

test('the list closes when the reader goes elsewhere', async (t) => {
  const page = await open(t, browser.address(EVENT));
  await type(page, 'idlib', /Idlib/);
  await page.keyboard.press('Tab');
  assert.equal(await page.locator('#_suggestions').isVisible(), false);
});

test('axe finds nothing on an open list, light and dark', async (t) => {
  const page = await open(t, browser.address(EVENT));
  await type(page, 'sochi', /Sochi/);
  await page.keyboard.press('ArrowDown');
  await page.evaluate(axe.source);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], preload: false }));
    assert.deepEqual(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`)), [], colorScheme);
  }
});
