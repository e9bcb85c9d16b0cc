// A reader without a mouse: the first stop skips the menu, every stop can be seen, and none is missed.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { onePageOfEachKind, useBrowser } from './lib.mjs';

const browser = useBrowser();

describe('the skip link is the first stop and leads past the menu', () => {
  for (const { kind, file } of onePageOfEachKind) {
    test(`on the ${kind} page`, async (t) => {
      const page = await browser.tab(t);
      const focus = page.locator(':focus');
      await page.goto(browser.address(file));
      await page.keyboard.press('Tab');
      assert.equal(await focus.getAttribute('class'), 'skip-link');
      const { top, bottom } = await focus.evaluate((link) => link.getBoundingClientRect());
      assert.ok(top >= 0 && bottom > top, 'the skip link stays out of sight');
      await page.keyboard.press('Enter');
      assert.equal(await focus.evaluate((element) => element.localName), 'main');
      await page.keyboard.press('Tab');
      // A text without a link has no stop; then the next stop is after it.
      const inText = await focus.evaluate((element) => {
        const main = document.querySelector('main');
        return main.querySelector('a[href], summary, button') ? main.contains(element) : Boolean(main.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
      });
      assert.ok(inText, 'the next stop is not in the text');
    });
  }
});

const { file: event } = onePageOfEachKind.find(({ kind }) => kind === 'event');

for (const colorScheme of ['light', 'dark']) {
  test(`Tab stops at every link of an event in its order, and the focus can be seen at each in the ${colorScheme} scheme`, async (t) => {
    const page = await browser.tab(t, { colorScheme });
    await page.goto(browser.address(event));
    const expected = await page.locator('a[href], summary, button, input, select, textarea').evaluateAll((all) => all.filter((element) => element.checkVisibility()).map((element) => element.outerHTML));
    const stops = [];
    for (const _ of expected) {
      await page.keyboard.press('Tab');
      stops.push(await page.evaluate(look));
    }
    assert.deepEqual(stops.map(({ html }) => html), expected);
    assert.deepEqual(stops.filter(({ ring, contrast, covered }) => ring < 2 || contrast < 3 || covered), []);
  });
}

/** Returns the element with the focus: the width of its ring in pixels, the contrast of the ring with the paper as WCAG
 *  defines it, and whether the element is covered. */
function look() {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
  const luminance = (color) => color.match(/[\d.]+/g).slice(0, 3)
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const [dark, light] = [outlineColor, getComputedStyle(document.body).backgroundColor].map(luminance).sort((a, b) => a - b);
  const { left, top, width, height } = element.getClientRects()[0];
  const onTop = document.elementFromPoint(left + width / 2, top + height / 2);
  return {
    html: element.outerHTML.replace(' aria-describedby="_tip"', ''), // which a citation has while its source is shown
    ring: outlineStyle === 'none' ? 0 : parseFloat(outlineWidth),
    contrast: (light + 0.05) / (dark + 0.05),
    covered: !(element.contains(onTop) || onTop?.contains(element)),
  };
}
