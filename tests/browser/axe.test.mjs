// Every kind of page can be used by everyone, as far as a machine can tell: WCAG 2.2 A and AA, in light and dark.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import axe from 'axe-core';
import { drawAllYears, openDetails, onePageOfEachKind, useBrowser } from './lib.mjs';

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
      await drawAllYears(page);
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

const inWords = ({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`);
