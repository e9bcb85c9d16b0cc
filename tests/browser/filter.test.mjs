// The filters narrow the timeline down as they say: what is shown is what the data says, the state is in the address,
// and the way back works. From disk, and over HTTP under a sub-path.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { serve, text, useBrowser } from './lib.mjs';

const browser = useBrowser();

let data;
new Function('annalsEvents', text('filter/events.js'))((events) => { data = events; });
const events = data.events.map(([url, title, date, mark, earliest, latest, certain, kind, actors, places, processes, confidence]) =>
  ({ url, title, date, mark, earliest, latest, certain, kind, actors, places, processes, confidence }));

const most = (facet) => {
  const counts = data.choices[facet].map((choice, at) => [events.filter((event) => [event[facet === 'kind' ? 'kind' : `${facet}${facet === 'process' ? 'es' : 's'}`]].flat().includes(at)).length, at]);
  return counts.sort((a, b) => b[0] - a[0])[0][1];
};
const shown = (page) => page.locator('.years .event:visible').count();
const status = (page) => page.locator('.filter-status').textContent();
const settled = async (page, count) => {
  await page.waitForFunction((start) => document.querySelector('.filter-status').textContent.startsWith(start), `${count} `);
};
const open = (page, facet) => page.locator(`[data-facet=${facet}] > summary`).click();

let host;
before(async () => { host = await serve('/a/sub/path/'); });
after(() => host.close());

for (const [where, address] of [['from disk', () => browser.address('index.html')], ['over HTTP', () => host.address('index.html')]]) {
  describe(`the filters of the home page, ${where}`, () => {
    test('a kind and an actor together leave what both fit, in the address too', async (t) => {
      const page = await browser.tab(t);
      await page.goto(address());
      const [kind, actor] = [most('kind'), most('actor')];
      const ofKind = events.filter((event) => event.kind === kind);
      const both = ofKind.filter((event) => event.actors.includes(actor));
      await open(page, 'kind');
      await page.locator(`[data-facet=kind] input[value="${data.choices.kind[kind][0]}"]`).check();
      await settled(page, ofKind.length);
      assert.equal(await shown(page), ofKind.length);
      // The count beside a choice says what it would leave.
      await open(page, 'actor');
      const choice = page.locator(`[data-facet=actor] label:has(input[value="${data.choices.actor[actor][0]}"])`);
      assert.equal(await choice.locator('.count').textContent(), `${both.length}`);
      await choice.locator('input').check();
      await settled(page, both.length);
      assert.equal(await shown(page), both.length);
      const query = new URL(page.url()).searchParams;
      assert.deepEqual([query.get('kind'), query.get('actor')], [data.choices.kind[kind][0], data.choices.actor[actor][0]]);
    });

    test('a choice of votes leaves those that ended so, and the address says it', async (t) => {
      const page = await browser.tab(t);
      await page.goto(address());
      for (const [at, [outcome]] of data.choices.vote.entries()) {
        const count = data.events.filter((row) => row.at(-1).includes(at)).length;
        await page.goto(`${address()}?vote=${outcome}`);
        await settled(page, count);
        assert.equal(await shown(page), count);
      }
      await page.goto(address());
      await open(page, 'vote');
      await page.locator('[data-facet=vote] input[value=vetoed]').check();
      await settled(page, data.events.filter((row) => row.at(-1).includes(2)).length);
      assert.equal(new URL(page.url()).searchParams.get('vote'), 'vetoed');
    });

    test('back, forward and reload keep the state', async (t) => {
      const page = await browser.tab(t);
      await page.goto(address());
      const kind = most('kind');
      const count = events.filter((event) => event.kind === kind).length;
      await open(page, 'kind');
      await page.locator(`[data-facet=kind] input[value="${data.choices.kind[kind][0]}"]`).check();
      await settled(page, count);
      await page.reload();
      await settled(page, count);
      assert.equal(await shown(page), count);
      await page.goBack();
      await page.waitForFunction(() => !document.body.classList.contains('is-filtered'));
      assert.equal(await shown(page), events.length);
      await page.goForward();
      await settled(page, count);
    });

    test('words are found in titles, ignoring case and accents', async (t) => {
      const page = await browser.tab(t);
      await page.goto(address());
      const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
      const word = fold(events[Math.floor(events.length / 2)].title.split(/[^\p{L}]+/u).sort((a, b) => b.length - a.length)[0]);
      await page.locator('#_filter-q').fill(word.toUpperCase());
      await page.waitForFunction(() => document.body.classList.contains('is-filtered'));
      const titles = await page.locator('.years .event:visible').evaluateAll((items) => items.map((item) => item.dataset.event));
      const inTitle = events.flatMap((event, at) => (fold(event.title).includes(word) ? [`${at}`] : []));
      assert.deepEqual(inTitle.filter((at) => !titles.includes(at)), [], word);
      assert.ok(titles.length < events.length);
    });

    test('a period is typed, and drawn on the chart', async (t) => {
      const page = await browser.tab(t, { viewport: { width: 1200, height: 900 } });
      await page.goto(address());
      await page.locator('[name=from]').fill('2017-11');
      await page.locator('[name=to]').fill('2017-11-20');
      await page.waitForFunction(() => document.body.classList.contains('is-filtered'));
      assert.ok(await page.locator('.years .event:visible .event-facts .count').first().isVisible(), 'the number of sources is gone');
      const dates = await page.locator('.years .event:visible time').evaluateAll((times) => times.map((time) => time.dateTime));
      assert.deepEqual(dates.filter((date) => date < '2017-11' || date > '2017-11-20'), []);
      await page.locator('.filter-clear').click();
      const plot = await page.locator('.plot').boundingBox();
      const before = page.url();
      await page.mouse.move(plot.x + plot.width * 0.25, plot.y + 30);
      await page.mouse.down();
      await page.mouse.move(plot.x + plot.width * 0.5, plot.y + 30, { steps: 4 });
      await page.mouse.up();
      await page.waitForFunction(() => document.body.classList.contains('is-filtered'));
      const query = new URL(page.url()).searchParams;
      assert.match(`${query.get('from')} ${query.get('to')}`, /^\d{4}-\d\d \d{4}-\d\d$/);
      assert.ok(query.get('from') < query.get('to'));
      await page.goBack();
      assert.equal(page.url(), before, 'a drag is one step back');
    });
  });
}

describe('the filters', () => {
  test('say what is wrong with a date, and take nothing out for it', async (t) => {
    const page = await browser.tab(t);
    await page.goto(browser.address('index.html'));
    await page.locator('[name=from]').fill('2017-13');
    await page.waitForFunction(() => document.querySelector('[name=from]').getAttribute('aria-invalid') === 'true');
    assert.equal(await shown(page), events.length);
    assert.match(await page.locator('#_filter-from-wrong').textContent(), /^“2017-13” is not a date\./);
    assert.equal(await page.locator('.chip').count(), 0);
    assert.equal(await page.evaluate(() => document.body.classList.contains('is-filtered')), false);
  });

  test('take one apostrophe for another', async (t) => {
    const page = await browser.tab(t);
    const counts = [];
    for (const word of ["Syria's", 'Syria’s', 'Syria‘s']) {
      await page.goto(`${browser.address('index.html')}?q=${encodeURIComponent(word)}`);
      await page.waitForFunction(() => document.body.classList.contains('is-filtered'));
      counts.push(await shown(page));
    }
    assert.ok(counts[0] > 0);
    assert.deepEqual(counts, [counts[0], counts[0], counts[0]]);
  });

  test('work by keyboard alone: open, choose, close, remove', async (t) => {
    const page = await browser.tab(t);
    await page.goto(browser.address('index.html'));
    await page.locator('[data-facet=kind] > summary').focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-facet=kind] .choices input');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.type), 'checkbox');
    await page.keyboard.press('Space');
    await page.waitForFunction(() => document.body.classList.contains('is-filtered'));
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SUMMARY');
    assert.equal(await page.locator('[data-facet=kind]').getAttribute('open'), null);
    await page.locator('.chip').focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => !document.body.classList.contains('is-filtered'));
    assert.equal(await page.evaluate(() => document.activeElement.name), 'q', 'focus is not lost with the button');
  });

  test('do not move the page while one types', async (t) => {
    const page = await browser.tab(t, { viewport: { width: 1200, height: 900 } });
    await page.goto(browser.address('index.html'));
    const input = page.locator('#_filter-q');
    await input.click();
    const top = async () => (await input.boundingBox()).y;
    const start = await top();
    await input.pressSequentially('syria');
    await page.waitForFunction(() => document.body.classList.contains('is-filtered'));
    assert.equal(await top(), start);
  });

  test('are on the page of a year and filter its events', async (t) => {
    const page = await browser.tab(t);
    await page.goto(browser.address('timeline/2017.html'));
    const all = await shown(page);
    assert.ok(all > 3);
    await open(page, 'kind');
    await page.locator('[data-facet=kind] .choices input').first().check();
    await page.waitForFunction(() => document.body.classList.contains('is-filtered'));
    const left = await shown(page);
    assert.ok(left > 0 && left < all);
    assert.match(await status(page), new RegExp(`^${left} .*${all}`));
  });

  test('are not there without JavaScript', async (t) => {
    const page = await browser.tab(t, { javaScriptEnabled: false });
    await page.goto(browser.address('index.html'));
    assert.equal(await page.locator('.filters').isVisible(), false);
    assert.equal(await shown(page), events.length);
  });
});
