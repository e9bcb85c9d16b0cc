// Nothing scrolls sideways, on the narrowest phone (which is also a desktop at 400 %) or on a wide screen.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tenPages, useBrowser } from './lib.mjs';

const browser = useBrowser();

for (const width of [320, 1600]) {
  for (const { kind, file } of tenPages) {
    test(`the ${kind} page does not scroll sideways at ${width} px`, async (t) => {
      const page = await browser.tab(t, { viewport: { width, height: 800 } });
      await page.goto(browser.address(file));
      await page.locator('details').evaluateAll((all) => all.forEach((details) => { details.open = true; }));
      assert.deepEqual(await page.evaluate(tooWide), []);
      assert.deepEqual(await page.evaluate(() => [document.documentElement, document.body].map((element) => getComputedStyle(element).overflowX)), ['visible', 'visible'], 'hidden overflow would cut text off');
      const { content, screen } = await page.evaluate(() => ({ content: document.documentElement.scrollWidth, screen: document.documentElement.clientWidth }));
      assert.equal(content, screen);
    });
  }
}

/** Elements that reach out of the screen, but for those in a box that scrolls by itself (a wide table). */
function tooWide() {
  const scrolls = (element) => element && element !== document.body && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  return [...document.body.querySelectorAll('*')]
    .filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (right > innerWidth + 1 || left < -1) && !scrolls(element.parentElement);
    })
    .map((element) => `<${element.localName} class="${element.className}"> ${element.textContent.trim().slice(0, 40)}`);
}
