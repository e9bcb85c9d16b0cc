// Everything can be read where JavaScript is off; scripts may only add.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { htmlFiles, kindOf, readPage, tenPages, useBrowser } from './lib.mjs';

const browser = useBrowser();
const withoutScript = { javaScriptEnabled: false };

test('the home page shows every event where JavaScript is off', async (t) => {
  const page = await browser.tab(t, withoutScript);
  await page.goto(browser.address('index.html'));
  const shown = await page.locator('main ol.events a[href]').evaluateAll((links) => links.filter((a) => a.checkVisibility() && a.innerText.trim()).map((a) => a.getAttribute('href')));
  const events = htmlFiles.filter((file) => kindOf(file) === 'event' && !readPage(file).noindex);
  assert.notEqual(events.length, 0);
  const missing = new Set(events).difference?.(new Set(shown)) ?? events.filter((file) => !shown.includes(file));
  assert.deepEqual([...missing], []);
});

for (const { kind, file } of tenPages) {
  test(`all text of the ${kind} page is seen where JavaScript is off`, async (t) => {
    const page = await browser.tab(t, withoutScript);
    await page.goto(browser.address(file));
    assert.equal(await page.locator('h1:visible').count(), 1);
    assert.deepEqual(await page.evaluate(unseenText), []);
    assert.equal(await page.locator('noscript').count(), 0, 'a page that is complete has nothing to say in <noscript>');
  });
}

/** Text in the page that is not seen, but for what a closed <details> or an unused control holds. */
function unseenText() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const unseen = [];
  while (walker.nextNode()) {
    const words = walker.currentNode.data.trim();
    const parent = walker.currentNode.parentElement;
    if (words === '' || parent.closest('script, style, template, form, details:not([open]) > :not(summary)')) continue;
    if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) unseen.push(words);
  }
  return unseen;
}
