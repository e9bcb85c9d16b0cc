// What a query weighs on a site of 10,000 events: at most 150 KB before its first result and excerpt are there.
//
// BIG_SITE names the folder of such a site, built from `cargo xtask corpus 10000 DIR`.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SHELL, launch } from './chromium.mjs';

const AT_MOST = 150 * 1024;
const { BIG_SITE } = process.env;
const skip = BIG_SITE ? false : 'BIG_SITE does not say where a site of 10,000 events is';

let browser;
before(async () => {
  if (!skip) browser = await launch(SHELL);
});
after(() => browser?.close());

/** How many bytes of the index a query has asked for when its first result is there, and its excerpt's file. */
async function weigh(query) {
  const folder = resolve(BIG_SITE);
  const page = await browser.newPage();
  await page.addInitScript(() => {
    const look = new MutationObserver(() => {
      const first = document.querySelector('#_results li');
      if (!first || globalThis.loaded) return;
      globalThis.loaded = [...document.scripts].map((script) => script.getAttribute('src') ?? '').filter((address) => address.startsWith('search/'));
      globalThis.loaded.push(`search/texts-${Math.floor(Number(first.id.slice(2)) / 4)}.js`);
    });
    look.observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${pathToFileURL(folder).href}/search.html?q=${encodeURIComponent(query)}`);
  await page.waitForFunction(() => globalThis.loaded);
  const files = await page.evaluate(() => globalThis.loaded);
  await page.close();
  return files.reduce((bytes, file) => bytes + statSync(join(folder, file)).size, 0);
}

for (const [what, query] of [
  ['one common word', 'ba '],
  ['the beginning of words, two letters long', 'ba'],
  ['two common words', 'ba mi '],
  ['three words, the last not finished', 'ba mi ka'],
  ['a rare word', 'kelzaverna'],
  ['a day', '20 March 2015'],
  ['a season and a word', 'autumn 2015 ba '],
  ['a year', '2015'],
]) {
  test(`${what}: "${query}"`, { skip }, async (t) => {
    const weight = await weigh(query);
    t.diagnostic(`${query}: ${(weight / 1024).toFixed(1)} KB`);
    assert.ok(weight > 0 && weight <= AT_MOST, `${weight} bytes`);
  });
}
