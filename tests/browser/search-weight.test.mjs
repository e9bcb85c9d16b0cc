// What a query weighs on a site of 10,000 events: at most 150 KB before its first result and excerpt are there.
//
// BIG_SITE names the folder of such a site, built from `cargo xtask corpus 10000 DIR`.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const AT_MOST = 150 * 1024;
const { BIG_SITE } = process.env;
const skip = BIG_SITE ? false : 'BIG_SITE does not say where a site of 10,000 events is';

let browser;
before(async () => {
  if (!skip) browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
});
after(() => browser?.close());

/** How many bytes of the index a query has asked for when its first result has its excerpt. */
async function weigh(query) {
  const folder = resolve(BIG_SITE);
  const page = await browser.newPage();
  let bytes = 0;
  const root = `${pathToFileURL(folder).href}/`;
  page.on('request', (request) => {
    const path = decodeURIComponent(request.url().slice(root.length));
    if (path.startsWith('search/')) bytes += statSync(join(folder, path)).size;
  });
  // Before anything else runs: the page notes how far it was when the first excerpt came.
  const first = new Promise((done) => page.exposeFunction('firstIsThere', () => done(bytes)));
  await page.addInitScript(() => {
    const look = () => (document.querySelector('#_results li .excerpt')?.textContent ? globalThis.firstIsThere() : setTimeout(look));
    setTimeout(look);
  });
  await page.goto(`${root}search.html?q=${encodeURIComponent(query)}`);
  const weight = await first;
  await page.close();
  return weight;
}

for (const [what, query] of [
  ['one common word', 'ba '],
  ['the beginning of words, two letters long', 'ba'],
  ['two common words', 'ba mi '],
  ['three words, the last not finished', 'ba mi ka'],
  ['a rare word', 'orashkelgen'],
]) {
  test(`${what}: "${query}"`, { skip }, async (t) => {
    const weight = await weigh(query);
    t.diagnostic(`${query}: ${(weight / 1024).toFixed(1)} KB`);
    assert.ok(weight > 0 && weight <= AT_MOST, `${weight} bytes`);
  });
}
