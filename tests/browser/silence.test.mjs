// Pages are silent: they write nothing to the console, and request nothing outside of the site's own folder.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { SITE, serve, onePageOfEachKind, useBrowser } from './lib.mjs';

const browser = useBrowser();
const folder = `${pathToFileURL(SITE).href}/`;

let server;
before(async () => {
  server = await serve('/a/sub/path/');
});
after(() => server.close());

// Side by side, since most of the time goes into waiting for what should not come.
describe('the console stays silent and no request leaves the site', { concurrency: 4 }, () => {
  for (const { kind, file } of onePageOfEachKind.filter((page) => page.kind !== '404')) {
    test(`on the ${kind} page from disk`, (t) => assertQuiet(t, browser.address(file), folder));
  }
  // A host's pages have an origin, which files have not, so the content security policy means something else there.
  for (const { kind, file } of onePageOfEachKind.filter((page) => ['home', 'event'].includes(page.kind))) {
    test(`on the ${kind} page under a sub-path`, (t) => assertQuiet(t, server.address(file), server.root));
  }
  test('on the 404 page, under the path that it names', (t) => {
    const address = browser.address('404.html');
    return assertQuiet(t, address, new URL('.', address).href);
  });
});

/** Opens a page and scrolls to its end. Asserts that it wrote nothing to the console, requested nothing outside of `root`, and
 *  has its style sheets. */
async function assertQuiet(t, address, root) {
  const page = await browser.tab(t);
  const said = [];
  const asked = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(`error: ${error.message}`));
  page.on('requestfailed', (request) => said.push(`failed: ${request.url()} ${request.failure().errorText}`));
  let last = 0;
  page.on('request', (request) => {
    asked.push(request.url());
    last = Date.now();
  });
  await page.goto(address);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  while (Date.now() < last + 500) await page.waitForTimeout(100);
  assert.deepEqual(said, []);
  assert.deepEqual(asked.filter((url) => !url.startsWith(root) && !url.startsWith('data:')), []);
  const sheets = await page.locator('link[rel~=stylesheet]').evaluateAll((links) => links.map((link) => link.sheet !== null));
  assert.ok(sheets.length > 0 && sheets.every(Boolean), 'the page has no style');
}
