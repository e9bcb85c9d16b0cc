// Lanes and the matrix of meetings: they can be zoomed without a script, have tips, and arrow keys go through them.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useBrowser } from './lib.mjs';

const browser = useBrowser();
const open = async (t, file, { width = 1300, ...options } = {}) => {
  const page = await browser.tab(t, { viewport: { width, height: 900 }, ...options });
  await page.goto(browser.address(file));
  return page;
};
const LANES = 'processes/index.html';
const MATRIX = 'actors/index.html';
const leftOf = (locator) => locator.evaluate((element) => element.getBoundingClientRect().left);

for (const width of [390, 1300]) {
  describe(`lanes at ${width} pixels`, () => {
    test('open to years and to months without script, and close', async (t) => {
      const page = await open(t, LANES, { width, javaScriptEnabled: false });
      const across = () => page.locator('.lane-strip').first().evaluate((strip) => strip.clientWidth);
      const whole = await across();
      await page.locator('.to-years:visible').last().click();
      const years = await across();
      assert.ok(years > 2 * whole, `${whole} and ${years} pixels`);
      await page.locator('.to-months:visible').last().click();
      assert.ok(await across() > 2 * years);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, 'the page scrolls sideways');
      await page.locator('#_whole').click();
      assert.equal(await across(), whole);
    });

    test('a year opens where it is, beside the names', async (t) => {
      const page = await open(t, LANES, { width });
      const last = page.locator('.ticks > li').last();
      await last.locator('.to-years').evaluate((link) => link.click());
      await page.waitForFunction(() => document.querySelector('.lanes-scroll').scrollLeft > 0);
      const left = await leftOf(last);
      assert.ok(left > 0 && left < width, `the year begins at ${left}`);
      assert.ok(await leftOf(page.locator('.lane-name').first()) >= 0, 'names went with the lanes');
    });

    test('marks in one lane do not cover each other where months are open', async (t) => {
      const page = await open(t, LANES, { width });
      await page.locator('#_months').click();
      const rows = await page.locator('.lane-marks').evaluateAll((lanes) => lanes.map((lane) => [...lane.querySelectorAll('a')].map((mark) => {
        const { left, right, top } = mark.querySelector('circle, line, rect').getBoundingClientRect();
        return { left, right, top: Math.round(top / 8) };
      })));
      const covered = rows.flatMap((marks) => marks.filter((a, at) => marks.some((b, other) => other < at && a.top === b.top && a.left < b.right - 6 && b.left < a.right - 6)));
      assert.ok(covered.length < 4, `${covered.length} marks`);
    });
  });
}

test('a mark has a tip under the mouse, with the focus and at a tap; the second tap follows it', async (t) => {
  const page = await open(t, LANES, { hasTouch: true });
  const [first, second] = [page.locator('.lane-marks a').first(), page.locator('.lane-marks a').nth(1)];
  const tip = page.locator('.tip');
  await second.hover();
  assert.equal(await tip.textContent(), await second.getAttribute('aria-label'));
  await page.mouse.move(1, 1);
  await page.locator('.lane-name a').first().focus();
  await page.keyboard.press('Tab');
  assert.equal(await tip.textContent(), await first.getAttribute('aria-label'));
  await page.keyboard.press('Escape');
  await second.tap();
  assert.equal(await tip.textContent(), await second.getAttribute('aria-label'));
  await second.tap();
  await page.waitForURL(/\/events\//);
});

test('a tip that is asked for again stays, though the pointer had just left', async (t) => {
  const page = await open(t, LANES);
  // All at once, faster than a test could point and press.
  await page.locator('.lane-marks a').first().evaluate((link) => {
    link.dispatchEvent(new PointerEvent('pointerover', { pointerType: 'mouse', bubbles: true }));
    link.dispatchEvent(new PointerEvent('pointerleave', { pointerType: 'mouse' }));
    link.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    link.dispatchEvent(new PointerEvent('pointerdown', { pointerType: 'touch', bubbles: true }));
    link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
  });
  await page.evaluate(() => new Promise((done) => { setTimeout(done, 500); }));
  assert.ok(await page.locator('.tip').isVisible());
});

test('arrow keys go from mark to mark, mirrored where time runs from right to left', async (t) => {
  const page = await open(t, LANES);
  const at = () => page.evaluate(() => {
    const lanes = [...document.querySelectorAll('.lane')];
    const lane = document.activeElement.closest('.lane');
    return [lanes.indexOf(lane), [...lane.querySelectorAll('svg a')].indexOf(document.activeElement)];
  });
  await page.locator('.lane-marks a').first().focus();
  await page.keyboard.press('ArrowRight');
  assert.deepEqual(await at(), [0, 1]);
  await page.keyboard.press('ArrowLeft');
  assert.deepEqual(await at(), [0, 0]);
  await page.locator('html').evaluate((root) => { root.dir = 'rtl'; });
  await page.locator('.lane-marks a').first().focus();
  await page.keyboard.press('ArrowLeft');
  assert.deepEqual(await at(), [0, 1]);
  assert.ok(await leftOf(page.locator('.lane-marks a').nth(1)) < await leftOf(page.locator('.lane-marks a').first()));
});

for (const width of [390, 1300]) {
  test(`the matrix names both actors of a cell and lights its row and column at ${width} pixels`, async (t) => {
    const page = await open(t, MATRIX, { width });
    const cell = page.locator('.matrix td a').first();
    await cell.scrollIntoViewIfNeeded();
    await cell.hover();
    const [row, column, count] = await cell.evaluate((link) => {
      const td = link.closest('td');
      return [td.parentNode.cells[0].textContent, document.querySelector('.matrix tr').cells[td.cellIndex].textContent, link.textContent];
    });
    assert.equal(await page.locator('.tip').textContent(), `${row} – ${column}: ${count}`);
    const band = (pseudo) => cell.evaluate((link, of) => getComputedStyle(link.closest('td'), of).content, pseudo);
    assert.deepEqual([await band('::before'), await band('::after')], ['""', '""']);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, 'the page scrolls sideways');
  });
}

test('the matrix is one stop of the Tab key, and arrow keys go through it', async (t) => {
  const page = await open(t, MATRIX);
  const stops = page.locator('.matrix td a:not([tabindex])');
  assert.equal(await stops.count(), 1);
  await stops.focus();
  const before = await page.evaluate(() => document.activeElement.getAttribute('href'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  assert.ok(await page.evaluate((href) => document.activeElement.matches('.matrix td a') && document.activeElement.getAttribute('href') !== href, before));
});
