// A page asks nobody for anything: no word in the console, no request to another place than the site's own folder.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { SITE, serve, tenPages, useBrowser } from './lib.mjs';

const browser = useBrowser();
const folder = `${pathToFileURL(SITE).href}/`;

let server;
before(async () => {
  server = await serve('/a/sub/path/');
});
after(() => server.close());

for (const { kind, file } of tenPages) {
  if (kind === '404') continue;
  test(`the ${kind} page from disk keeps the console silent and asks only its own folder`, async (t) => {
    assertQuiet(await listen(t, browser.address(file)), folder);
  });
  test(`the ${kind} page under a sub-path keeps the console silent and asks only its own host`, async (t) => {
    assertQuiet(await listen(t, server.address(file)), server.root);
  });
}

test('the 404 page under the path it names keeps the console silent and asks only its own host', async (t) => {
  const address = browser.address('404.html');
  assertQuiet(await listen(t, address), new URL('.', address).href);
});

/** Opens a page, goes once through its length, and notes what it says and asks. */
async function listen(t, address) {
  const page = await browser.tab(t);
  const said = [];
  const asked = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(`error: ${error.message}`));
  page.on('request', (request) => asked.push(request.url()));
  page.on('requestfailed', (request) => said.push(`failed: ${request.url()} ${request.failure().errorText}`));
  await page.goto(address);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await page.waitForLoadState('networkidle');
  const unstyled = await page.locator('link[rel~=stylesheet]').evaluateAll((links) => links.filter((link) => !link.sheet).map((link) => link.href));
  return { said, asked, unstyled };
}

function assertQuiet({ said, asked, unstyled }, root) {
  assert.deepEqual(said, []);
  assert.deepEqual(asked.filter((url) => !url.startsWith(root) && !url.startsWith('data:')), []);
  assert.ok(asked.some((url) => url.endsWith('.css')), 'the page asked for no style sheet');
  assert.deepEqual(unstyled, []);
}
