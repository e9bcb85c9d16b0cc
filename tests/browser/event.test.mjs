// What scripts add to the page of an event, and what is there without them; and the timeline as a document to print.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { htmlFiles, kindOf, onePageOfEachKind, readPage, serve, text, useBrowser } from './lib.mjs';

const browser = useBrowser();
const { file: event } = onePageOfEachKind.find(({ kind }) => kind === 'event');
const citations = 'sup.citation a[id]';
const source = (page, number) => page.locator('.sources li').nth(number);

let host;
before(async () => {
  host = await serve('/a/sub/path/');
});
after(() => host.close());

async function open(t, options) {
  const page = await browser.tab(t, options);
  await page.goto(browser.address(event));
  return page;
}

/** Every source that the text cites, with its title, which the preview must name. */
const cited = (page) => page.locator(citations).evaluateAll((links) => links.map((link) => ({
  title: document.getElementById(link.hash.slice(1)).querySelector('cite, .source-description').textContent,
  archive: document.getElementById(link.hash.slice(1)).querySelector('.source-archive')?.href,
})));

describe('a citation shows its source', () => {
  test('under the mouse, which can go over to it, and not for longer', async (t) => {
    const page = await open(t);
    const preview = page.locator('.tip');
    const all = await cited(page);
    assert.notEqual(all.length, 0);
    const before = await page.evaluate(() => document.documentElement.scrollHeight);
    for (const [index, { title }] of all.entries()) {
      await page.locator(citations).nth(index).hover();
      await preview.waitFor({ state: 'visible' });
      assert.ok((await preview.innerText()).includes(title), title);
    }
    assert.equal(await page.evaluate(() => document.documentElement.scrollHeight), before, 'the page moved');
    await preview.hover();
    await page.waitForTimeout(400);
    assert.ok(await preview.isVisible(), 'it went away under the mouse');
    await page.mouse.move(0, 0);
    await preview.waitFor({ state: 'hidden' });
  });

  test('with the focus, until Escape or the next stop', async (t) => {
    const page = await open(t);
    const preview = page.locator('.tip');
    await page.locator('.facts a').last().focus();
    while (!(await page.evaluate((selector) => document.activeElement.matches(selector), citations))) await page.keyboard.press('Tab');
    await preview.waitFor({ state: 'visible' });
    const link = page.locator(':focus');
    assert.equal(await link.getAttribute('aria-describedby'), '_tip');
    await page.keyboard.press('Escape');
    assert.ok(await preview.isHidden());
    assert.equal(await link.getAttribute('aria-describedby'), null);
    assert.ok(await link.evaluate((element) => element.matches('sup.citation a')), 'Escape took the focus away');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await preview.waitFor({ state: 'visible' });
    while (await page.evaluate(() => document.activeElement.matches('sup.citation a'))) await page.keyboard.press('Tab');
    await preview.waitFor({ state: 'hidden' });
  });

  for (const width of [320, 800, 1440]) {
    test(`wholly in view at ${width} px, wherever the citation stands`, async (t) => {
      const page = await open(t, { viewport: { width, height: 500 } });
      const count = await page.locator(citations).count();
      for (let index = 0; index < count; index += 1) {
        for (const block of ['start', 'end']) {
          await page.locator(citations).nth(index).evaluate((link, block) => link.scrollIntoView({ block }), block);
          await page.mouse.move(0, 0);
          await page.locator(citations).nth(index).hover();
          const { left, right, top, bottom } = await page.locator('.tip').evaluate((element) => element.getBoundingClientRect().toJSON());
          assert.ok(left >= 0 && right <= width && top >= 0 && bottom <= 500, `citation ${index}: ${left}–${right}, ${top}–${bottom}`);
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
        }
      }
    });
  }

  test('not at a tap, which goes to the source', async (t) => {
    const page = await open(t, { hasTouch: true });
    await page.locator(citations).first().tap();
    await page.waitForTimeout(100);
    assert.ok(await page.locator('.tip').isHidden());
    assert.match(page.url(), /#_source-/);
  });
});

test('a citation links to its source, and the source links back', async (t) => {
  const page = await open(t);
  const link = page.locator(citations).first();
  const id = await link.getAttribute('id');
  await link.click();
  assert.match(page.url(), /#_source-/);
  await page.locator(`.sources a[href="#${id}"]`).click();
  assert.ok(page.url().endsWith(`#${id}`));
});

test('the buttons copy the address and the ways to cite', async (t) => {
  const page = await browser.tab(t, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto(host.address(event));
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.locator('.permalink button').click();
  const address = readPage(event).canonical ?? host.address(event);
  await page.locator('.permalink [role=status]', { hasText: /./ }).waitFor();
  assert.equal(await clipboard(), address);
  await page.locator('details.cite summary').click();
  for (const pre of await page.locator('details.cite pre').all()) {
    const id = await pre.getAttribute('id');
    await page.locator(`button[data-copy="${id}"]`).click();
    await page.waitForFunction((words) => navigator.clipboard.readText().then((text) => text === words), await pre.textContent());
  }
  const csl = JSON.parse(await page.locator('#_as-csl-json').textContent());
  assert.equal(csl[0].title, await page.locator('h1').innerText());
});

describe('the arrow keys', () => {
  const neighbour = (page, rel) => page.locator(`link[rel=${rel}]`).evaluate((link) => link.href);

  test('lead to the neighbouring events', async (t) => {
    const page = await open(t);
    const [previous, next] = [await neighbour(page, 'prev'), await neighbour(page, 'next')];
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(next);
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL(browser.address(event));
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL(previous);
  });

  test('are mirrored where the text runs from right to left', async (t) => {
    const page = await open(t);
    const next = await neighbour(page, 'next');
    await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL(next);
  });

  test('are left alone with other keys and in controls that use them', async (t) => {
    const page = await open(t);
    for (const keys of ['Shift+ArrowRight', 'Control+ArrowRight', 'ArrowDown']) await page.keyboard.press(keys);
    await page.evaluate(() => {
      const input = document.createElement('input');
      document.querySelector('main').prepend(input);
      input.focus();
    });
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(200);
    assert.equal(page.url(), browser.address(event));
  });
});

test('without JavaScript the ways to cite can be read and no control is there that would do nothing', async (t) => {
  const page = await open(t, { javaScriptEnabled: false });
  await page.locator('details.cite summary').click();
  for (const id of ['_as-text', '_as-bibtex', '_as-csl-json']) assert.ok(await page.locator(`#${id}`).isVisible(), id);
  assert.equal(await page.locator('main button').evaluateAll((all) => all.filter((button) => button.checkVisibility()).length), 0);
  assert.ok(await page.locator('.arrow-keys').isHidden());
  assert.ok(await source(page, 0).isVisible());
});

test('accounts are in rows of the same length', async (t) => {
  const page = await open(t);
  for (const width of [320, 800, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    const tops = await page.locator('.account').evaluateAll((all) => all.map((account) => Math.round(account.getBoundingClientRect().top)));
    const rows = [...new Set(tops)].map((top) => tops.filter((other) => other === top).length);
    assert.equal(new Set(rows).size, 1, `rows of ${rows} at ${width} px`);
    if (width === 1440 && tops.length % 2 === 0) assert.ok(rows[0] > 1, 'they stand one below the other');
  }
});

describe('the printed timeline', () => {
  const documents = htmlFiles.filter((file) => kindOf(file) === 'print' && text(file).includes('class="print-entry'));

  test('has no id twice, and every citation links to a numbered source', async (t) => {
    assert.notEqual(documents.length, 0);
    const page = await browser.tab(t, { javaScriptEnabled: false });
    for (const file of documents) {
      const all = [...text(file).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
      assert.equal(new Set(all).size, all.length, file);
      await page.goto(browser.address(file));
      const wrong = await page.locator('sup.citation a').evaluateAll((links) => links
        .filter((link) => document.querySelector(`.sources ol > li:nth-child(${link.textContent.slice(1, -1)})`) !== document.getElementById(link.hash.slice(1)))
        .map((link) => link.outerHTML));
      assert.deepEqual(wrong, [], file);
    }
  });

  test('prints black on white with its contents and without navigation', async (t) => {
    const page = await browser.tab(t, { colorScheme: 'dark' });
    await page.goto(browser.address(documents[0]));
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const { paper, ink } = await page.evaluate(() => {
      const { backgroundColor, color } = getComputedStyle(document.body);
      return { paper: backgroundColor, ink: color };
    });
    assert.deepEqual([paper, ink], ['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
    assert.ok(await page.locator('.print-contents').isVisible());
    for (const hidden of ['.site-nav', '.breadcrumb', '.site-footer']) assert.ok(await page.locator(hidden).isHidden(), hidden);
  });
});
