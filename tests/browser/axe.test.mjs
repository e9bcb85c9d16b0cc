// Every kind of page can be used by everyone, as far as a machine can tell: WCAG 2.2 A and AA, in light and dark.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import axe from 'axe-core';
import { tenPages, useBrowser } from './lib.mjs';

const browser = useBrowser();

const options = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  rules: { 'target-size': { enabled: true } }, // off unless asked for
  resultTypes: ['violations'],
};

for (const { kind, file } of tenPages) {
  for (const colorScheme of ['light', 'dark']) {
    test(`axe finds nothing on the ${kind} page in the ${colorScheme} scheme`, async (t) => {
      const page = await browser.tab(t, { colorScheme });
      await page.goto(browser.address(file));
      await page.locator('details').evaluateAll((all) => all.forEach((details) => { details.open = true; }));
      await page.evaluate(axe.source);
      const { violations, passes } = await page.evaluate((choice) => globalThis.axe.run(document, choice), options);
      assert.deepEqual(violations.flatMap(inWords), []);
      const ran = new Set(passes.map(({ id }) => id));
      for (const rule of ['color-contrast', 'target-size', 'document-title', 'html-has-lang']) assert.ok(ran.has(rule), `axe did not check ${rule}`);
    });
  }
}

const inWords = ({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`);
