// The site is light: the home page, what a first paint needs, and all scripts together.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { parse } from 'parse5';
import { SITE, files, onePageOfEachKind, text, useBrowser } from './lib.mjs';

const KB = 1024;

const browser = useBrowser();

/** The elements of a page's head as [tag, attributes]. */
function head(html) {
  const root = parse(html).childNodes.find((node) => node.tagName === 'html');
  const elements = root.childNodes.find((node) => node.tagName === 'head').childNodes.filter((node) => node.tagName);
  return elements.map((node) => [node.tagName, Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]))]);
}

describe('the site is light', () => {
  test('home at 100 events has at most 120 KB', { skip: !process.env.HUNDRED_SITE && 'HUNDRED_SITE is not set' }, () => {
    const home = join(process.env.HUNDRED_SITE, 'index.html');
    const events = readFileSync(home, 'utf8').match(/data-event="/g).length;
    assert.equal(events, 100, 'the page lists every event');
    assert.ok(statSync(home).size <= 120 * KB, `${statSync(home).size} bytes`);
  });

  test('home of this site keeps to the same weight for each hundred events', () => {
    const events = text('index.html').match(/data-event="/g).length;
    const size = statSync(join(SITE, 'index.html')).size;
    assert.ok(size <= Math.max(1, events / 100) * 120 * KB, `${size} bytes for ${events} events`);
  });

  test('home at 10,000 events is still a page', { skip: !process.env.BIG_SITE && 'BIG_SITE is not set' }, () => {
    for (const page of ['index.html', 'processes/index.html', 'actors/index.html', 'map.html']) {
      const size = statSync(join(process.env.BIG_SITE, page)).size;
      assert.ok(size <= 200 * KB, `${page} has ${size} bytes`);
    }
  });

  test('all scripts together have at most 20 KB of gzip, without that of embed.html, which is alone there', () => {
    const scripts = readdirSync(join(SITE, 'assets')).filter((file) => file.endsWith('.js') && file !== 'embed.js');
    // A browser gets each file on its own.
    const sizes = scripts.map((file) => gzipSync(readFileSync(join(SITE, 'assets', file)), { level: 9 }).length);
    const size = sizes.reduce((sum, one) => sum + one, 0);
    assert.ok(scripts.length >= 1);
    assert.ok(size <= 20 * KB, `${size} bytes`);
    const elsewhere = files.filter((file) => file.endsWith('.js') && !/^(assets|search|filter|embed)\//.test(file));
    assert.deepEqual(elsewhere, [], 'scripts are in assets/, index data in search/, filter/ and embed/');
  });

  for (const { kind, file } of onePageOfEachKind) {
    test(`the first paint of the ${kind} page needs its HTML and one style sheet`, () => {
      const elements = head(text(file));
      const sheets = elements.filter(([tag, { rel }]) => tag === 'link' && rel === 'stylesheet');
      assert.equal(sheets.length, 1);
      const blocking = elements.filter(([tag, attributes]) => tag === 'script' && attributes.src && !('defer' in attributes) && !('async' in attributes));
      assert.deepEqual(blocking, []);
      assert.doesNotMatch(text(file).split('<body')[1], /<script[^>]*\ssrc=/, 'scripts are in the head and deferred');
    });
  }
});

describe('italics are loaded only where a text is in italics', () => {
  for (const { kind, file } of onePageOfEachKind) {
    test(`on the ${kind} page`, async (t) => {
      const page = await browser.tab(t, { viewport: { width: 390, height: 800 } });
      const fonts = [];
      page.on('request', (request) => { if (request.url().endsWith('.woff2')) fonts.push(request.url()); });
      await page.goto(browser.address(file));
      await page.evaluate(() => document.fonts.ready);
      const italic = await page.evaluate(italicTexts);
      if (!italic.length) assert.deepEqual(fonts.filter((url) => url.includes('italic')), []);
      if (file === 'index.html') assert.equal(fonts.length, 1, `the home page loads ${fonts}`);
    });
  }
});

/** The texts in italics that are on the page, shown or not. */
function italicTexts() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (data.trim() && getComputedStyle(parentElement).fontStyle === 'italic') texts.push(data.trim());
  }
  return texts;
}
