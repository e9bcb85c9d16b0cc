// Everything can be read without JavaScript; scripts may only add to it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { htmlFiles, kindOf, readPage, onePageOfEachKind, useBrowser } from './lib.mjs';

const browser = useBrowser();
const withoutScript = { javaScriptEnabled: false };

test('the home page shows every event once, with its date and title, where JavaScript is off', async (t) => {
  const page = await browser.tab(t, withoutScript);
  await page.goto(browser.address('index.html'));
  const shown = await page.locator('ol.events > li').evaluateAll((items) => items
    .filter((item) => ['.event-date', '.event-title a'].every((part) => item.querySelector(part).checkVisibility() && item.querySelector(part).innerText.trim()))
    .map((item) => item.querySelector('.event-title a').getAttribute('href')));
  const events = htmlFiles.filter((file) => kindOf(file) === 'event' && !readPage(file).noindex);
  assert.notEqual(events.length, 0);
  assert.deepEqual(shown.sort(), events);
});

describe('all text is seen where JavaScript is off', () => {
  for (const { kind, file } of onePageOfEachKind) {
    test(`on the ${kind} page`, async (t) => {
      const page = await browser.tab(t, withoutScript);
      await page.goto(browser.address(file));
      assert.equal(await page.locator('h1:visible').count(), 1);
      assert.deepEqual(await page.evaluate(unseenText), []);
    });
  }
});

/**
 * Text in the page that is not visible, except in a closed <details> or an unused control, and the names of places
 * for which the map has no room: they are in the list below it.
 */
function unseenText() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const unseen = [];
  while (walker.nextNode()) {
    const words = walker.currentNode.data.trim();
    const parent = walker.currentNode.parentElement;
    if (words === '' || parent.closest('script, style, template, form, button, svg title, .parts, .callouts, .peaks, .lanes-strip, .take-away, [hidden], .event-facts i, .event-facts b, .map-sheet, .needs-script, .filters, .results, .possibly, details:not([open]) > :not(summary)')) continue;
    if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) unseen.push(words);
  }
  return unseen;
}
