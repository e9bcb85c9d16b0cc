// Nothing scrolls sideways, on the narrowest phone (which is also a desktop at 400 %) or on a wide screen, with letters of the
// usual size or twice as large.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openDetails, onePageOfEachKind, useBrowser } from './lib.mjs';

const browser = useBrowser();

const TEXT = ['', '212.5%']; // as the style sheet has it, and twice that

describe('nothing scrolls sideways at 320 px and at 1600 px, with large letters too', () => {
  for (const { kind, file } of onePageOfEachKind) {
    test(`on the ${kind} page`, async (t) => {
      const page = await browser.tab(t);
      await page.goto(browser.address(file));
      await openDetails(page);
      for (const size of TEXT) {
        await page.evaluate((size) => { document.documentElement.style.fontSize = size; }, size);
        for (const width of [320, 1600]) {
          await page.setViewportSize({ width, height: 800 });
          const { tooWide, content, screen, overflow } = await page.evaluate(measure);
          assert.deepEqual(tooWide, [], `at ${width} px, letters of ${size || 'the usual size'}`);
          assert.equal(content, screen, `at ${width} px, letters of ${size || 'the usual size'}`);
          assert.deepEqual(overflow, ['visible', 'visible'], 'hidden overflow would cut text off');
        }
      }
    });
  }
});

describe('no letter is cut off at 320 px', () => {
  for (const { kind, file } of onePageOfEachKind) {
    test(`on the ${kind} page`, async (t) => {
      const page = await browser.tab(t, { viewport: { width: 320, height: 800 } });
      await page.goto(browser.address(file));
      await openDetails(page);
      assert.deepEqual(await page.evaluate(cutText), []);
    });
  }
});

for (const width of [320, 390, 800]) {
  test(`between two facts of an event is a dot, and none begins or ends a line, at ${width} px`, async (t) => {
    const page = await browser.tab(t, { viewport: { width, height: 800 } });
    await page.goto(browser.address('index.html'));
    const { shown, folded, stray } = await page.evaluate(dotsBetweenFacts);
    assert.deepEqual(stray, []);
    assert.ok(shown > 300, `only ${shown} dots are shown`);
    assert.ok(folded > 50, `only ${folded} dots are hidden, so the test says little about line breaks`);
    const { copied, facts } = await page.locator('.years .event-facts').first().evaluate((line) => {
      getSelection().selectAllChildren(line);
      return { copied: `${getSelection()}`, facts: [...line.querySelectorAll(':scope > span')].map((fact) => fact.textContent) };
    });
    assert.ok(facts.length > 2, `${facts}`);
    assert.equal(copied, facts.join(' ·\u00a0'));
  });
}

test('text in every field has at least 16 px: an iPhone zooms in on smaller text, and stays there', async (t) => {
  const page = await browser.tab(t, { viewport: { width: 320, height: 800 } });
  for (const { file } of onePageOfEachKind) {
    await page.goto(browser.address(file));
    const small = await page.locator('input:not([type=checkbox]), select, textarea').evaluateAll((fields) => fields.filter((field) => parseFloat(getComputedStyle(field).fontSize) < 16).map((field) => field.outerHTML));
    assert.deepEqual(small, [], file);
  }
});

function measure() {
  const root = document.documentElement;
  const scrollsByItself = (element) => element !== document.body && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrollsByItself(element.parentElement));
  const reachesOut = (element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return width > 0 && (right > root.clientWidth + 1 || left < -1) && !scrollsByItself(element.parentElement);
  };
  return {
    tooWide: [...document.body.querySelectorAll('*')].filter(reachesOut).map((element) => element.outerHTML.slice(0, 120)),
    content: root.scrollWidth,
    screen: root.clientWidth,
    overflow: [root, document.body].map((element) => getComputedStyle(element).overflowX),
  };
}

/** Returns the beginnings of texts that an element around them cuts off, except those with an ellipsis. */
function cutText() {
  const CLIPPED = /hidden|clip/;
  const clips = (element) => {
    const { overflowX, textOverflow, clipPath } = getComputedStyle(element);
    return (CLIPPED.test(overflowX) && textOverflow !== 'ellipsis') || clipPath.startsWith('inset');
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const cut = [];
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (!data.trim() || parentElement.closest('svg, .visually-hidden, .cursor') || !parentElement.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const rects = [...range.getClientRects()];
    for (let element = parentElement; element !== document.body; element = element.parentElement) {
      if (!clips(element)) continue;
      const [{ left, right }, { clipPath }] = [element.getBoundingClientRect(), getComputedStyle(element)];
      const inset = clipPath.startsWith('inset') ? parseFloat(clipPath.split(' ').at(-1)) : 0;
      if (rects.some((rect) => rect.width && (rect.left < left + inset - 1 || rect.right > right + 1))) cut.push(data.trim().slice(0, 60));
    }
  }
  return cut;
}

/** The dots between the facts of rows: how many are shown, how many a line break hides, and the facts of rows in which a
 *  dot begins or ends a line. */
function dotsBetweenFacts() {
  const found = { shown: 0, folded: 0, stray: [] };
  for (const dot of document.querySelectorAll('.years .event-facts i')) {
    const { width, top, bottom } = dot.getBoundingClientRect();
    const isBeside = (rect) => rect.top < bottom && rect.bottom > top;
    const [before] = [...dot.previousElementSibling.getClientRects()].slice(-1);
    const [after] = dot.nextElementSibling.nextElementSibling.getClientRects();
    if (!width) found.folded += 1;
    else if (isBeside(before) && isBeside(after)) found.shown += 1;
    else found.stray.push(dot.parentElement.textContent);
  }
  return found;
}
