// A filter by period is honest about dates: certain matches are in the list, possible ones are listed separately. Tested on
// a site that has one event of each form of date.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, test } from 'node:test';
import { useBrowser } from './lib.mjs';

const browser = useBrowser();
const site = process.env.FORMS_SITE;

/** The ids of the events that a period leaves: surely and possibly. */
async function inPeriod(t, from, to) {
  const page = await browser.tab(t);
  await page.goto(`${pathToFileURL(join(site, 'index.html')).href}?from=${from}&to=${to}`);
  await page.waitForFunction(() => document.body.classList.contains('is-filtered'));
  const ids = (selector) => page.locator(`${selector} .event:visible .event-title a`).evaluateAll((links) => links.map((link) => link.href.replace(/^.*\/events\/|\.html$/g, '')).sort());
  return { surely: await ids('.years'), possibly: await ids('.possibly'), status: await page.locator('.filter-status').textContent() };
}

describe('a period', { skip: !site && 'FORMS_SITE is not set' }, () => {
  test('contains a season within it, and possibly a season that it is part of', async (t) => {
    const whole = await inPeriod(t, '2018-03', '2018-05');
    assert.ok(whole.surely.includes('season') && !whole.possibly.includes('season'), JSON.stringify(whole));
    const part = await inPeriod(t, '2018-03', '2018-03-20');
    assert.ok(!part.surely.includes('season') && part.possibly.includes('season'), JSON.stringify(part));
    assert.match(part.status, new RegExp(`${part.possibly.length} more possibly`));
  });

  test('possibly contains an approximate or uncertain date that it covers, because another may be meant', async (t) => {
    const month = await inPeriod(t, '2017-11', '2017-11'); // about November 2017
    assert.ok(month.possibly.includes('month') && !month.surely.includes('month'), JSON.stringify(month));
    const year = await inPeriod(t, '2018', '2018'); // 2018 (uncertain)
    assert.ok(year.possibly.includes('year') && !year.surely.includes('year'), JSON.stringify(year));
  });

  test('contains an event of several days of which one is in it', async (t) => {
    // It lasted from 28 November to 14 December 2017.
    for (const [from, to] of [['2017-12-01', '2017-12-05'], ['2017-12', '2017'], ['2017-11-28', '2017-11-28']]) {
      const { surely, possibly } = await inPeriod(t, from, to);
      assert.ok(surely.includes('range') && !possibly.includes('range'), `${from} to ${to}`);
    }
    const { surely, possibly } = await inPeriod(t, '2017-12-15', '2017-12-31');
    assert.ok(![...surely, ...possibly].includes('range'));
  });

  test('of a decade holds an event of "some year of the decade" only possibly', async (t) => {
    const { surely, possibly } = await inPeriod(t, '1991', '1995');
    assert.ok(!surely.includes('decade') && possibly.includes('decade'), JSON.stringify({ surely, possibly }));
    assert.ok((await inPeriod(t, '1990', '1999')).surely.includes('decade'));
  });
});
