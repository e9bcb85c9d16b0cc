// The site works under a sub-path of a host, and a reader who starts at home can reach all of it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { htmlFiles, readPage, scanPage, serve } from './lib.mjs';

let server;
before(async () => {
  server = await serve('/a/sub/path/');
});
after(() => server.close());

test('from the home page under a sub-path, every link of the whole site is answered and every page is reached', async () => {
  const home = server.address('index.html');
  const asked = new Map([[home, 'the start']]);
  const followed = new Set([home]);
  const unanswered = [];
  for (let round = [home]; round.length > 0;) {
    const answers = await Promise.all(round.map(ask));
    const next = new Set();
    for (const { url, status, links } of answers) {
      if (status !== 200) unanswered.push(`${url} (${status}), from ${asked.get(url)}`);
      for (const { tag, address } of links) {
        if (tag === 'a') followed.add(address);
        if (asked.has(address)) continue;
        asked.set(address, url);
        next.add(address);
      }
    }
    round = [...next];
  }
  assert.deepEqual(unanswered, []);
  // Pages that are kept from search engines (404, redirects, retracted entries) need no link to them.
  const unreached = htmlFiles.filter((file) => !readPage(file).noindex && !followed.has(server.address(encodeURI(file))));
  assert.deepEqual(unreached, []);
});

/** Fetches an address. Returns its status and, for a page, the references to the same host, without the canonical link. */
async function ask(url) {
  const response = await fetch(url);
  const body = await response.text();
  const isPage = response.ok && response.headers.get('content-type').startsWith('text/html');
  const links = [];
  for (const { tag, rel, value } of isPage ? scanPage(body).references : []) {
    const target = new URL(value, url);
    target.hash = '';
    if (target.origin === new URL(url).origin && !rel.includes('canonical')) links.push({ tag, address: target.href });
  }
  return { url, status: response.status, links };
}
