// Searching: what is found, how it is shown, and that it can be done by keyboard, from disk and over HTTP.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import axe from 'axe-core';
import { serve, useBrowser } from './lib.mjs';

const browser = useBrowser();

let server;
before(async () => {
  server = await serve('/a/sub/path/');
});
after(() => server.close());

/** A tab on the search page with a query, and what it shows. It fails the test when the console says a word. */
async function open(t, query = '', { address = browser.address, ...options } = {}) {
  const page = await browser.tab(t, options);
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  t.after(() => assert.deepEqual(said, []));
  await page.goto(address('search.html') + query);
  return page;
}

const count = (page) => page.locator('#_status').textContent().then((text) => Number(/\d+/.exec(text)?.[0] ?? 0));
const titles = (page) => page.locator('#_results h3').allTextContents();

/** The results of one kind, by their heading. */
const group = (page, name) => page.locator('#_results section').filter({ has: page.locator('h2', { hasText: new RegExp(`^${name} `) }) });

/** Waits until the search in hand is done. */
async function settled(page) {
  await page.waitForFunction(() => document.getElementById('_results').ariaBusy === 'false');
  return page;
}

const found = async (t, words, options) => settled(await open(t, `?q=${encodeURIComponent(words)}`, options));

for (const [where, address] of [['from disk', browser.address], ['over HTTP under a sub-path', (file) => server.address(file)]]) {
  describe(`search ${where}`, () => {
    test('finds the pages that have all words, titles first, with the words marked', async (t) => {
      const page = await found(t, 'putin assad sochi', { address });
      const [first] = await titles(page);
      assert.match(first, /Putin.*Assad.*Sochi/);
      assert.deepEqual(await page.locator('#_results li').first().locator('h3 mark').allTextContents(), ['Putin', 'Assad', 'Sochi']);
      const marks = page.locator('#_results li').first().locator('.excerpt mark');
      await marks.first().waitFor();
      for (const word of await marks.allTextContents()) assert.match(word, /^(Putin|Assad|Sochi)/i);
      await page.locator('#_results a').first().click();
      assert.match(await page.title(), /Putin.*Assad.*Sochi/);
    });

    test('the form in the header of an event goes to it', async (t) => {
      const page = await browser.tab(t);
      await page.goto(address('events/2017-11-20-putin-receives-assad-in-sochi.html'));
      await page.locator('#_site-search').focus();
      await page.keyboard.type('chlorine');
      await page.keyboard.press('Enter');
      await page.waitForURL(/search\.html\?q=chlorine$/);
      await settled(page);
      assert.ok((await titles(page)).length > 0);
    });
  });
}

test('capital letters, accents and other forms of letters make no difference', async (t) => {
  const counts = [];
  for (const words of ['Erdoğan ', 'erdogan ', 'ERDOG\u0306AN ', 'ＥＲＤＯＧＡＮ ']) counts.push(await count(await found(t, words)));
  assert.ok(counts[0] > 0);
  assert.equal(new Set(counts).size, 1, `${counts}`);
});

test('the last word finds longer words, and a word that is nowhere finds those that begin so', async (t) => {
  const [part, word] = [await found(t, 'erdog'), await found(t, 'erdogan')];
  assert.ok((await count(part)) >= (await count(word)));
  assert.ok((await count(await found(t, 'erdog syria'))) > 0);
  assert.equal(await count(await found(t, '"erdog"')), 0, 'in quotation marks it must be the word');
});

test('a phrase stands side by side', async (t) => {
  const [phrase, words, reverse] = [await found(t, '"Security Council"'), await found(t, 'Security Council '), await found(t, '"Council Security"')];
  assert.ok((await count(phrase)) > 0 && (await count(phrase)) <= (await count(words)));
  assert.ok((await count(reverse)) < (await count(phrase)));
  for (const title of await titles(phrase)) assert.doesNotMatch(title, /^Putin receives/);
});

test('a search that finds nothing says so', async (t) => {
  const page = await found(t, 'nosuchwordatall');
  assert.deepEqual(await titles(page), []);
  assert.match(await page.locator('#_status').textContent(), /No page/);
});

test('kind and period filter the results, and what is only possibly in the period is marked', async (t) => {
  const page = await found(t, 'syria');
  const all = await count(page);
  await page.selectOption('#_kind', { index: 1 });
  await page.waitForURL(/kind=/);
  await settled(page);
  const kind = await page.locator('#_kind option:checked').textContent();
  assert.deepEqual([...new Set((await page.locator('#_results .kind').allTextContents()).map((text) => text.replace(/^.*·\s/, '')))], [kind]);
  assert.deepEqual(await page.locator('#_results h2').allTextContents(), [`Events ${await count(page)}`]);
  assert.ok((await count(page)) > 0 && (await count(page)) < all);
  const period = await settled(await open(t, '?q=syria&from=2017-11&to=2017-11'));
  const dates = await period.locator('#_results .event-facts').allTextContents();
  assert.ok(dates.length > 0);
  for (const date of dates) assert.ok(/November\b.*2017/.test(date) || /possibly/.test(date), date);
  assert.ok(dates.some((date) => !/possibly/.test(date)));
  const long = await settled(await open(t, '?from=2017-11-20&to=2017-11-20'));
  assert.ok((await long.locator('#_results li').count()) > 0, 'a period alone is a search');
});

test('more results come on demand, and the focus goes to the first of them', async (t) => {
  const page = await found(t, 'syria');
  const events = group(page, 'Events');
  assert.equal(await events.locator('li').count(), 20);
  await events.getByRole('button', { name: 'More results: Events' }).click();
  await page.waitForFunction(() => document.activeElement.matches('#_results a'));
  assert.equal(await events.locator('li').count(), 40);
  assert.equal(await events.locator('h3 a').evaluateAll((links) => links.indexOf(document.activeElement)), 20);
});

test('results are grouped, what was asked for by name first, then events', async (t) => {
  const groups = async (words) => (await (await found(t, words)).locator('#_results h2').allTextContents()).map((text) => /^(.*) \d+$/.exec(text)[1]);
  assert.deepEqual((await groups('turkey')).slice(0, 3), ['Actors', 'Processes', 'Events']);
  assert.deepEqual((await groups('sochi')).slice(0, 2), ['Places', 'Events']);
  assert.equal((await groups('2254'))[0], 'Events');
  const page = await found(t, 'turkey');
  assert.equal((await titles(page))[0], 'Turkey');
  assert.equal(await group(page, 'Actors').locator('li').count(), 1, 'only what has the word in its title comes before events');
  const counts = await page.locator('#_results h2 .count').allTextContents();
  assert.equal(counts.reduce((sum, text) => sum + Number(text), 0), await count(page));
});

test('an excerpt links to its paragraph', async (t) => {
  const page = await found(t, 'chlorine');
  const links = await page.locator('#_results .excerpt a').evaluateAll((all) => all.map((link) => ({ href: link.href, mark: link.querySelector('mark')?.textContent })));
  const passages = links.filter(({ href }) => href.includes('#'));
  assert.ok(passages.length > links.length / 2, `${passages.length} of ${links.length}`);
  for (const { href, mark } of passages.slice(0, 5)) {
    await page.goto(href);
    const text = await page.locator(':target').textContent();
    assert.ok(text.includes(mark), `${href}: ${mark} in ${text}`);
  }
});

test('nothing moves, and no result is without its excerpt', async (t) => {
  const page = await browser.tab(t, { viewport: { width: 390, height: 844 } });
  await page.addInitScript(() => {
    globalThis.moved = [];
    new PerformanceObserver((list) => list.getEntries().forEach(({ value, sources }) => sources.forEach(({ node }) => node?.matches?.('#_results li, #_results section') && globalThis.moved.push(`${value} ${node.textContent}`)))).observe({ type: 'layout-shift', buffered: true });
    globalThis.bare = 0;
    new MutationObserver(() => {
      globalThis.bare += [...document.querySelectorAll('#_results li')].filter((row) => !row.querySelector('.excerpt').textContent).length;
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${browser.address('search.html')}?q=idlib`);
  await settled(page);
  await page.waitForTimeout(300);
  assert.ok((await titles(page)).length > 3);
  assert.deepEqual(await page.evaluate(() => [globalThis.bare, globalThis.moved]), [0, []]);
});

test('back and reload find the search again', async (t) => {
  const page = await open(t);
  const type = async (words) => {
    await page.fill('#_q', words);
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`q=${words}$`));
    await settled(page);
  };
  await type('sochi');
  const first = await titles(page);
  await type('geneva');
  assert.notDeepEqual(await titles(page), first);
  await page.goBack();
  await page.waitForURL(/q=sochi$/);
  await settled(page);
  assert.equal(await page.inputValue('#_q'), 'sochi');
  assert.deepEqual(await titles(page), first);
  await page.reload();
  await settled(page);
  assert.deepEqual(await titles(page), first);
  await page.locator('#_results a').first().click();
  await page.waitForURL((url) => !url.pathname.endsWith('search.html'));
  await page.goBack();
  await settled(page);
  assert.deepEqual(await titles(page), first);
});

test('while typing the address keeps in step, and only the newest answer is shown', async (t) => {
  const page = await open(t);
  await page.locator('#_q').pressSequentially('security council veto', { delay: 15 });
  await page.waitForURL(/q=security\+council\+veto$/);
  await settled(page);
  assert.ok((await count(page)) > 0);
  assert.deepEqual(await titles(page), await titles(await found(t, 'security council veto')));
  await page.fill('#_q', '');
  await page.waitForURL(/search\.html$/);
  assert.deepEqual(await titles(page), []);
});

test('a file that cannot be loaded is reported, and tried again with the next search', async (t) => {
  const page = await browser.tab(t);
  let broken = true;
  await page.route('**/search/terms-*', (route) => (broken ? route.abort() : route.continue()));
  await page.goto(`${server.address('search.html')}?q=sochi`);
  await settled(page);
  assert.match(await page.locator('#_status').textContent(), /could not be loaded/);
  broken = false;
  await page.fill('#_q', 'sochi ');
  await page.waitForURL(/q=sochi\+$/);
  await settled(page);
  assert.ok((await count(page)) > 0);
});

test('without JavaScript the page says so and offers the lists', async (t) => {
  const page = await browser.tab(t, { javaScriptEnabled: false });
  await page.goto(`${browser.address('search.html')}?q=sochi`);
  assert.match(await page.locator('main').innerText(), /needs JavaScript/);
  assert.deepEqual(await page.locator('main a:visible').evaluateAll((links) => links.map((link) => link.getAttribute('href'))), ['index.html', 'processes/index.html', 'actors/index.html', 'places/index.html', 'kinds/index.html']);
  assert.equal(await page.locator('main form:visible').count(), 0);
});

test('axe finds nothing on a page of results, light and dark', async (t) => {
  const page = await settled(await open(t, '?q=syria&from=2017&to=2017-11-15'));
  await page.locator('.search-help summary').click();
  await page.locator('#_results mark').first().waitFor();
  await page.evaluate(axe.source);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], preload: false }));
    assert.deepEqual(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`)), [], colorScheme);
  }
});
