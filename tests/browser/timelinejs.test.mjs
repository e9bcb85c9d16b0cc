// The exported slides in TimelineJS itself: every slide is there, with its date, and opens.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { SITE, useBrowser } from './lib.mjs';

const browser = useBrowser();
const CODE = 'node_modules/@knight-lab/timelinejs/dist/js/timeline.js';
const LOOK = 'node_modules/@knight-lab/timelinejs/dist/css/timeline.css';

test('TimelineJS shows every event', { timeout: 300_000 }, async (t) => {
  const data = JSON.parse(readFileSync(`${SITE}/data/timelinejs.json`, 'utf8'));
  const page = await browser.tab(t, { viewport: { width: 1200, height: 800 } });
  const failed = [];
  page.on('pageerror', (error) => failed.push(error.message));
  await page.route('**/*', (route) => (route.request().url().startsWith('about:') ? route.continue() : route.abort()));
  await page.setContent('<!doctype html><html lang="en"><body><div id="timeline" style="height: 700px"></div></body></html>');
  await page.addStyleTag({ path: LOOK });
  await page.addScriptTag({ path: CODE });
  await page.evaluate((events) => {
    globalThis.timeline = new globalThis.TL.Timeline('timeline', events, { duration: 0, hash_bookmark: false });
  }, data);
  await page.waitForFunction(() => document.querySelectorAll('.tl-slide').length > 0 && globalThis.timeline.ready !== false);
  const shown = await page.locator('.tl-slide').count();
  assert.equal(shown, data.events.length + 1, 'a slide for each event, and the title');
  for (const event of data.events) {
    const found = await page.evaluate((id) => {
      globalThis.timeline.goToId(id);
      const slide = document.getElementById(id);
      return {
        at: globalThis.timeline.current_id,
        headline: slide?.querySelector('.tl-headline')?.innerHTML,
        date: slide?.querySelector('.tl-headline-date')?.textContent,
        words: slide?.querySelector('.tl-text-content')?.textContent,
      };
    }, event.unique_id);
    assert.equal(found.at, event.unique_id);
    assert.ok(found.headline?.includes(event.text.headline), `${event.unique_id}: ${found.headline}`);
    assert.equal(found.date, event.display_date);
    assert.ok(found.words?.length > 20, event.unique_id);
  }
  assert.deepEqual(failed, []);
});
