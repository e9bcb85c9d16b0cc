// Every kind of page can be used by everyone, as far as a machine can tell: WCAG 2.2 A and AA, in light and dark.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import axe from 'axe-core';
import { openDetails, onePageOfEachKind, useBrowser } from './lib.mjs';

const browser = useBrowser();

const OPTIONS = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  rules: { 'target-size': { enabled: true } }, // off unless asked for
  resultTypes: ['violations'],
};
const MUST_HAVE_RUN = ['color-contrast', 'target-size', 'document-title', 'html-has-lang', 'link-name'];

describe('axe finds nothing', () => {
  for (const { kind, file } of onePageOfEachKind) {
    test(`on the ${kind} page, light and dark`, async (t) => {
      const page = await browser.tab(t);
      await page.goto(browser.address(file));
      await openDetails(page);
      await page.evaluate(axe.source);
      const papers = new Set();
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        papers.add(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
        const { violations, passes } = await page.evaluate((options) => globalThis.axe.run(document, options), OPTIONS);
        assert.deepEqual(violations.flatMap(inWords), [], `${file}, ${colorScheme}`);
        assert.deepEqual(MUST_HAVE_RUN.filter((rule) => !passes.some(({ id }) => id === rule)), [], 'rules that did not run');
      }
      assert.equal(papers.size, 2, 'light and dark have the same paper');
    });
  }
});

describe('axe finds nothing with filters at work', () => {
  for (const [file, query] of [['index.html', '?from=2016&to=2018'], ['timeline/2017.html', '?q=a'], ['search.html', '?q=geneva']]) {
    test(`on ${file}${query}, with a list of choices open`, async (t) => {
      const page = await browser.tab(t);
      await page.goto(browser.address(file) + query);
      await page.waitForFunction(() => document.querySelector('.is-filtered, #_results li') !== null);
      const facet = page.locator('.facet > summary').nth(1);
      if (await facet.count()) await facet.click();
      await page.evaluate(axe.source);
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await page.evaluate((options) => globalThis.axe.run(document, options), OPTIONS);
        assert.deepEqual(violations.flatMap(inWords), [], `${file}, ${colorScheme}`);
      }
    });
  }
});

const inWords = ({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`);
