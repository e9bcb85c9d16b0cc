// The folder works from disk: every link names a file that exists, and a click opens it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cssReferences, destination, files, htmlFiles, kindOf, readPage, onePageOfEachKind, text, useBrowser } from './lib.mjs';

const browser = useBrowser();

const faults = (file, references) => references.map((reference) => destination(file, reference).fault).filter(Boolean);

for (const { kind } of onePageOfEachKind) {
  test(`every link and resource of every page of the kind "${kind}" names a file and a place that exist`, () => {
    for (const file of htmlFiles.filter((each) => kindOf(each) === kind)) {
      const { references, redirect } = readPage(file);
      assert.ok(references.length > 10 || redirect !== undefined, `${file} has only ${references.length} references`);
      assert.deepEqual(faults(file, references), []);
    }
  });
}

test('style sheets load nothing that is absolute, foreign or missing', () => {
  const sheets = files.filter((file) => file.endsWith('.css'));
  assert.notEqual(sheets.length, 0);
  for (const sheet of sheets) {
    const references = cssReferences(text(sheet)).map((value) => ({ tag: 'style', attribute: 'url', value }));
    assert.deepEqual(faults(sheet, references), []);
  }
});

// One page at the root, one in a folder, and the one that a host shows at any depth.
const starts = onePageOfEachKind.filter(({ kind }) => ['home', 'event', '404'].includes(kind));

describe('a click on one link of each kind opens what it promises', () => {
  for (const { kind, file } of starts) {
    test(`on the ${kind} page`, async (t) => {
      const page = await browser.tab(t);
      const start = kind === '404' ? browser.unknownAddress() : browser.address(file);
      await page.goto(start);
      for (const { index, href, target, fragment } of await oneLinkOfEachKind(page, file)) {
        if (page.url() !== start) await page.goto(start);
        await page.locator('a[href]').nth(index).click();
        await page.waitForURL(href);
        if (!target.endsWith('.html')) continue;
        assert.equal(await page.title(), readPage(target).title, `${file} → ${target}`);
        assert.ok(await page.locator('h1').isVisible(), `${target} shows no heading`);
        if (fragment) assert.ok(await isInView(page, fragment), `${file} → ${target}#${fragment}: the place is not in view`);
      }
    });
  }
});

/** The first link that can be clicked for every kind of target; a place in a page is a kind of its own. */
async function oneLinkOfEachKind(page, file) {
  const links = await page.locator('a[href]').evaluateAll((anchors) => anchors.map((a, index) => ({
    index,
    href: new URL(a.getAttribute('href'), document.baseURI).href,
    value: a.getAttribute('href'),
    rel: [...a.relList],
    // The middle of a landmark's title with its pole may be on another one.
    clickable: a.checkVisibility({ visibilityProperty: true }) && a.getBoundingClientRect().bottom > 0 && !a.closest('.callouts'),
  })));
  const kinds = new Map();
  for (const { index, href, value, rel, clickable } of links) {
    const { file: target, fragment } = destination(file, { tag: 'a', attribute: 'href', value, rel });
    if (!target || !clickable) continue;
    const kind = fragment ? `place in ${kindOf(target)}` : kindOf(target);
    if (!kinds.has(kind)) kinds.set(kind, { index, href, target, fragment });
  }
  assert.ok(kinds.size > 3, `${file} links to ${kinds.size} kinds of page only`);
  return kinds.values();
}

const isInView = (page, fragment) => page.evaluate((id) => {
  // The map shows the place that an address names, rather than its line in the list.
  const place = document.querySelector('.map-sheet .asked') ?? document.getElementById(id);
  const { top, bottom } = place.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}, decodeURIComponent(fragment));

const redirects = htmlFiles.filter((file) => readPage(file).redirect !== undefined);
const unless = redirects.length === 0 && 'this site has no redirect pages';

test('every redirect page goes to a file that exists, by itself and by a link', { skip: unless }, () => {
  for (const file of redirects) {
    const { redirect, references, noindex } = readPage(file);
    assert.deepEqual(faults(file, [{ tag: 'meta', attribute: 'content', value: redirect }, ...references]), []);
    assert.ok(references.some(({ tag, value }) => tag === 'a' && value === redirect), `${file} has no link to ${redirect}`);
    assert.ok(noindex, `${file} is not kept from search engines`);
  }
});

test('a redirect page takes the reader on without a click', { skip: unless }, async (t) => {
  const [file] = redirects;
  const { file: target } = destination(file, { tag: 'meta', attribute: 'content', value: readPage(file).redirect });
  const page = await browser.tab(t);
  await page.goto(browser.address(file), { waitUntil: 'commit' });
  await page.waitForURL((url) => url.href.split('#')[0] === browser.address(target));
  assert.equal(await page.title(), readPage(target).title);
});
