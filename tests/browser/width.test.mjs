// Nothing scrolls sideways, on the narrowest phone (which is also a desktop at 400 %) or on a wide screen, with letters of the
// usual size or twice as large.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openDetails, onePageOfEachKind, useBrowser } from './lib.mjs';

const browser = useBrowser();

const TEXT = ['', '212.5%']; // as the style sheet has it, and twice that

describe('nothing scrolls sideways at 320 px and at 1600 px, with large letters too', () => {
  for (const { kind, file } of onePageOfEachKind) {
    test(`on the ${kind} page`, async (t) => {
      const page = await browser.tab(t);
      await page.goto(browser.address(file));
      await openDetails(page);
      for (const size of TEXT) {
        await page.evaluate((size) => { document.documentElement.style.fontSize = size; }, size);
        for (const width of [320, 1600]) {
          await page.setViewportSize({ width, height: 800 });
          const { tooWide, content, screen, overflow } = await page.evaluate(measure);
          assert.deepEqual(tooWide, [], `at ${width} px, letters of ${size || 'the usual size'}`);
          assert.equal(content, screen, `at ${width} px, letters of ${size || 'the usual size'}`);
          assert.deepEqual(overflow, ['visible', 'visible'], 'hidden overflow would cut text off');
        }
      }
    });
  }
});

test('text in every field has at least 16 px: an iPhone zooms in on smaller text, and stays there', async (t) => {
  const page = await browser.tab(t, { viewport: { width: 320, height: 800 } });
  for (const { file } of onePageOfEachKind) {
    await page.goto(browser.address(file));
    const small = await page.locator('input:not([type=checkbox]), select, textarea').evaluateAll((fields) => fields.filter((field) => parseFloat(getComputedStyle(field).fontSize) < 16).map((field) => field.outerHTML));
    assert.deepEqual(small, [], file);
  }
});

function measure() {
  const root = document.documentElement;
  const scrollsByItself = (element) => element !== document.body && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrollsByItself(element.parentElement));
  const reachesOut = (element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return width > 0 && (right > root.clientWidth + 1 || left < -1) && !scrollsByItself(element.parentElement);
  };
  return {
    tooWide: [...document.body.querySelectorAll('*')].filter(reachesOut).map((element) => element.outerHTML.slice(0, 120)),
    content: root.scrollWidth,
    screen: root.clientWidth,
    overflow: [root, document.body].map((element) => getComputedStyle(element).overflowX),
  };
}
