// The columns of charts: the pointer, the arrow keys and a tap tell their events.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useBrowser } from './lib.mjs';

const browser = useBrowser();

async function open(t, file, options) {
  const page = await browser.tab(t, options);
  await page.goto(browser.address(file));
  return page;
}

/** Where the highest column is on the page, and what its name says: "December 2016: 9". */
const peak = (page) => page.locator('.peaks text').first().evaluate((label) => {
  const plot = label.closest('.plot').getBoundingClientRect();
  return { x: plot.left + (plot.width * label.x.baseVal[0].valueInSpecifiedUnits) / 100, y: plot.bottom - 60, words: label.textContent };
});
const told = (page) => page.locator('.tip b').textContent();
const count = async (page) => Number(/\d+$/.exec(await told(page))[0]);

for (const file of ['index.html', 'actors/turkey.html']) {
  test(`the pointer tells the column of ${file} that it is at, and the tip goes when it leaves`, async (t) => {
    const page = await open(t, file, { viewport: { width: 1440, height: 900 } });
    await page.locator('.plot').first().scrollIntoViewIfNeeded();
    const { x, words } = await peak(page);
    const { y, height } = await page.locator('.plot').first().boundingBox();
    await page.mouse.move(x, y + height / 3);
    await page.locator('.tip b').waitFor();
    assert.equal(await told(page), words);
    assert.equal(await page.locator('.tip a').count(), Math.min(6, await count(page)));
    await page.mouse.move(5, 5);
    await page.locator('.tip').waitFor({ state: 'hidden' });
  });
}

test('arrow keys go from column to column, mirrored where time runs from right to left, and Enter opens the first event', async (t) => {
  const page = await open(t, 'index.html');
  const cursor = page.locator('.overview .cursor');
  const at = async () => Number(await cursor.getAttribute('aria-valuenow'));
  await cursor.focus();
  await page.keyboard.press('ArrowRight');
  await page.locator('.tip b').waitFor();
  const first = await at();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction((first) => document.querySelector('.cursor').ariaValueNow > first, first);
  await page.locator('html').evaluate((root) => { root.dir = 'rtl'; });
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction((first) => Number(document.querySelector('.cursor').ariaValueNow) === first, first);
  assert.equal(await cursor.getAttribute('aria-valuetext'), await told(page));
  const href = await page.locator('.tip a').first().evaluate((link) => link.href);
  await page.keyboard.press('Enter');
  await page.waitForURL(href);
});

test('the first arrow key goes to the first or to the last column', async (t) => {
  const page = await open(t, 'index.html');
  await page.locator('.overview .cursor').focus();
  await page.keyboard.press('ArrowLeft');
  await page.locator('.tip b').waitFor();
  const last = Number(await page.locator('.overview .cursor').getAttribute('aria-valuenow'));
  // After the last column comes the first.
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction((last) => Number(document.querySelector('.cursor').ariaValueNow) < last, last);
});

test('a tap tells a column, and its events can be tapped', async (t) => {
  const page = await open(t, 'index.html', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const { x, words } = await peak(page);
  const { y } = await page.locator('.plot').first().boundingBox();
  await page.touchscreen.tap(x, y + 40);
  await page.locator('.tip b').waitFor();
  const month = (text) => text.split(':')[0];
  // A month is two pixels wide.
  assert.match(await told(page), new RegExp(`\\d{4}: \\d+$`));
  assert.ok(Math.abs(new Date(month(await told(page))) - new Date(month(words))) < 120 * 864e5, `${await told(page)}, not ${words}`);
  await page.waitForTimeout(600);
  await page.locator('.tip a').first().tap();
  await page.waitForURL(/\/events\//);
});

test('a chart tells what the filters leave', async (t) => {
  const page = await open(t, 'index.html', { viewport: { width: 1440, height: 900 } });
  const tell = async () => {
    await page.mouse.move(5, 5);
    await page.waitForFunction(() => document.querySelector('.tip')?.hidden !== false);
    await page.evaluate(() => scrollTo(0, 0));
    const [{ x }, { y, height }] = [await peak(page), await page.locator('.plot').first().boundingBox()];
    await page.mouse.move(x, y + height / 3);
    await page.locator('.tip b').waitFor();
    return count(page);
  };
  const all = await tell();
  await page.locator('[data-facet=kind] > summary').click();
  await page.locator('[data-facet=kind] input[value=veto]').check();
  await page.keyboard.press('Escape');
  assert.ok(await tell() < all, `${all} events, although filters leave fewer`);
});
