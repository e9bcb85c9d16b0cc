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
    await page.locator('.event-date a').focus();
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
  assert.ok(await page.locator('#_permalink').isHidden(), 'the button does what one does with the link');
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

test('citations unfold with the day on which they are read', async (t) => {
  const page = await open(t);
  await page.clock.setFixedTime(new Date(2026, 8, 5, 23, 59));
  const form = (id) => page.locator(id).textContent();
  for (const id of ['#_as-text', '#_as-bibtex', '#_as-csl-json']) assert.doesNotMatch(await form(id), /2026|accessed/i);
  await page.locator('details.cite summary').click();
  await page.locator('#_as-text', { hasText: 'Accessed' }).waitFor();
  assert.match(await form('#_as-text'), / Accessed on 2026-09-05\. http/);
  assert.match(await form('#_as-bibtex'), /,\n {2}urldate = \{2026-09-05\},\n/);
  assert.deepEqual(JSON.parse(await form('#_as-csl-json'))[0].accessed, { raw: '2026-09-05' });
});

test('every button of data.html copies, and its citations have the day on which they are read', async (t) => {
  const page = await browser.tab(t, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.clock.setFixedTime(new Date(2026, 8, 5, 23, 59));
  await page.goto(host.address('data.html'));
  const buttons = await page.locator('button.copy').all();
  assert.ok(buttons.length > 3, `${buttons.length} buttons`);
  for (const button of buttons) {
    const words = await page.locator(`#${await button.getAttribute('data-copy')}`).textContent();
    await button.click();
    await page.waitForFunction((words) => navigator.clipboard.readText().then((text) => text === words), words);
  }
  assert.match(await page.locator('#_as-text').textContent(), / Accessed on 2026-09-05\. http/);
});

test('where scripts may not copy, the address is shown and selected', async (t) => {
  const page = await open(t);
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await page.locator('.permalink button').click();
  await page.locator('.permalink [role=status]', { hasText: /./ }).waitFor();
  const address = readPage(event).canonical ?? browser.address(event);
  assert.equal(await page.evaluate(() => `${getSelection()}`), address);
});

describe('a paragraph has a link to itself', () => {
  const first = '.text p .anchor';

  test('under the mouse and with the focus, with a name, large enough, and not copied', async (t) => {
    const page = await open(t);
    const link = page.locator(first).first();
    const opacity = () => link.evaluate((element) => getComputedStyle(element).opacity);
    await page.mouse.move(0, 0);
    assert.equal(await opacity(), '0');
    await link.locator('..').hover();
    assert.equal(await opacity(), '1');
    assert.equal(await page.getByRole('link', { name: 'Link to this paragraph' }).count(), await page.locator('.anchor').count());
    const { width, height } = await link.boundingBox();
    assert.ok(width >= 24 && height >= 24, `${width} × ${height}`);
    assert.ok(!(await link.locator('..').innerText()).includes('¶'));
    await page.mouse.move(0, 0);
    await page.locator('.event-date a').focus();
    while (!(await link.evaluate((element) => element === document.activeElement))) await page.keyboard.press('Tab');
    assert.equal(await opacity(), '1');
    await page.keyboard.press('Enter');
    assert.ok(page.url().endsWith('#_p1'), page.url());
    assert.notEqual(await page.locator('#_p1').evaluate((element) => getComputedStyle(element).backgroundColor), 'rgba(0, 0, 0, 0)');
    await page.emulateMedia({ media: 'print' });
    assert.ok(await link.isHidden());
  });

  test('which makes no page wider and no text longer', async (t) => {
    const [plain, page] = [await open(t, { javaScriptEnabled: false }), await open(t)];
    for (const width of [320, 390, 800, 1440]) {
      for (const tab of [plain, page]) await tab.setViewportSize({ width, height: 800 });
      const heights = (tab) => tab.locator('.text > p').evaluateAll((all) => all.map((part) => part.offsetHeight));
      assert.deepEqual(await heights(page), await heights(plain), `${width} px`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    }
  });
});

test('what a reader can do is in view on a wide screen, and right after the sources on a phone', async (t) => {
  const page = await open(t, { viewport: { width: 1440, height: 900 } });
  for (const action of await page.locator('.actions > li').all()) {
    const { y, height } = await action.boundingBox();
    assert.ok(y + height <= 900, `${y} + ${height}`);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  const top = (selector) => page.locator(selector).evaluate((element) => element.getBoundingClientRect().top);
  const tops = [];
  for (const selector of ['h1', '.text', '.sources', '.actions', '.facts dl', '.entry-after', '.neighbours']) tops.push(await top(selector));
  assert.deepEqual(tops, tops.toSorted((one, other) => one - other));
});

test('on a phone the way to a source and back is two taps', async (t) => {
  const page = await open(t, { hasTouch: true, viewport: { width: 390, height: 844 } });
  const link = page.locator(citations).last();
  const [id, target] = [await link.getAttribute('id'), await link.getAttribute('href')];
  await link.tap();
  await page.waitForURL(/#_source-/);
  const inView = (selector) => page.locator(selector).evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
  assert.ok(await inView(`[id="${target.slice(1)}"]`));
  await page.locator(`.backlinks a[href="#${id}"]`).tap();
  await page.waitForURL(new RegExp(`#${id}$`));
  assert.ok(await inView(`[id="${id}"]`));
});

test('without JavaScript the ways to cite can be read and no control is there that would do nothing', async (t) => {
  const page = await open(t, { javaScriptEnabled: false });
  await page.locator('details.cite summary').click();
  for (const id of ['_as-text', '_as-bibtex', '_as-csl-json']) assert.ok(await page.locator(`#${id}`).isVisible(), id);
  assert.equal(await page.locator('main button').evaluateAll((all) => all.filter((button) => button.checkVisibility()).length), 0);
  assert.ok(await page.locator('.arrow-keys').isHidden());
  assert.ok(await page.locator('#_permalink').isVisible());
  assert.doesNotMatch(await page.locator('details.cite').innerText(), /Accessed|urldate|%/);
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
