// Lists can be taken away: one tap copies all of a list, as filtered, in a form that other programs read.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { serve, text, useBrowser } from './lib.mjs';

const browser = useBrowser();

let data;
new Function('annalsEvents', text('filter/events.js'))((events) => { data = events; });
const titleOf = new Map(data.events.map(([url, title]) => [url, title]));

let host;
before(async () => { host = await serve('/a/sub/path/'); });
after(() => host.close());

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const tab = (t, options) => browser.tab(t, { permissions: ['clipboard-read', 'clipboard-write'], ...options });
const clipboard = (page, type = 'text/plain') => page.evaluate(async (wanted) => {
  const [item] = await navigator.clipboard.read();
  return (await item.getType(wanted)).text();
}, type);
/** The last list of a page: texts may have lists before it. */
const area = (page) => page.locator('.take-away').last();
/** Copies a list in a format, and waits for the status to say so. */
const copied = async (page, format, count) => {
  await area(page).getByRole('button', { name: format, exact: true }).click();
  await page.waitForFunction(([name, number]) => {
    const words = [...document.querySelectorAll('.take-away [role=status]')].at(-1).textContent;
    return words.endsWith(name) && (number === undefined || words.startsWith(`${number} `));
  }, [format, count]);
  return clipboard(page);
};
/** The rows of CSV (RFC 4180). */
const rowsOf = (csv) => {
  const rows = [[]];
  for (const [, cell, end] of csv.matchAll(/"((?:[^"]|"")*)"(,|\r\n)/g)) {
    rows.at(-1).push(cell.replaceAll('""', '"'));
    if (end !== ',') rows.push([]);
  }
  assert.deepEqual(rows.pop(), [], 'the last line ends');
  return rows;
};

describe('a list can be taken away', () => {
  test('from the home page to a table of all vetoes in four taps on a phone', async (t) => {
    const page = await tab(t, PHONE);
    await page.goto(host.address('index.html'));
    let taps = 0;
    const tap = async (locator) => {
      taps += 1;
      await locator.tap();
    };
    const menu = page.locator('.site-nav a[href="votes.html"]');
    if (!await menu.isVisible()) await tap(page.locator('.menu-button'));
    await tap(menu);
    await tap(page.locator('.outcomes a[href="#vetoed"]'));
    await tap(area(page).getByRole('button', { name: 'Text', exact: true }));
    await page.waitForFunction(() => /^18 votes copied as Text$/.test(document.querySelector('.take-away [role=status]').textContent));
    assert.ok(taps <= 4, `${taps} taps`);
    assert.equal(new URL(page.url()).hash, '#vetoed');
    const lines = (await clipboard(page)).trimEnd().split('\n').map((line) => line.split('\t'));
    assert.equal(lines.length, 19);
    assert.deepEqual(lines.filter((line) => line.length !== lines[0].length), []);
    assert.match(lines[1].join(' '), /^4 October 2011 .*S\/2011\/612 Vetoed 9–2–4 9 2 4 {2}Russia, China .*https?:/);
    const pasted = await page.evaluate((html) => {
      const table = new DOMParser().parseFromString(html, 'text/html').querySelector('table');
      return [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent));
    }, await clipboard(page, 'text/html'));
    assert.deepEqual(pasted, lines);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it does not scroll sideways');
  });

  test('votes as CSV, Markdown and BibTeX', async (t) => {
    const page = await tab(t);
    await page.goto(host.address('votes.html#vetoed'));
    const rows = rowsOf(await copied(page, 'CSV', 18));
    assert.deepEqual(rows[0].slice(0, 3), ['Date in EDTF', 'Date', 'Event']);
    assert.equal(rows[1][0], '2011-10-04');
    assert.ok(rows.slice(1).every((row) => row.length === rows[0].length && row.includes('Vetoed')));
    const markdown = (await copied(page, 'Markdown', 18)).trimEnd().split('\n');
    assert.match(markdown[1], /^\|( --- \|)+$/);
    assert.match(markdown[2], /^\| 4 October 2011 \| \[.*\]\(.*\) \| /);
    assert.equal((await copied(page, 'BibTeX', 18)).match(/^@misc\{/gm).length, 18);
  });

  test('a table of votes in a text has all columns too', async (t) => {
    const page = await tab(t);
    await page.goto(host.address('vetoes.html'));
    const rows = rowsOf(await copied(page, 'CSV', 18));
    await page.goto(host.address('votes.html#vetoed'));
    assert.deepEqual(rows, rowsOf(await copied(page, 'CSV', 18)));
  });

  for (const file of ['actors/turkey.html', 'kinds/veto.html', 'processes/astana.html']) {
    test(`${file}: all its events, with all their actors`, async (t) => {
      const page = await tab(t);
      await page.goto(browser.address(file));
      const numbers = await page.locator('.events [data-event]').evaluateAll((all) => all.map((item) => Number(item.dataset.event)));
      const rows = rowsOf(await copied(page, 'CSV', numbers.length)).slice(1);
      assert.deepEqual(rows.map((row) => row[2]), numbers.map((number) => data.events[number][1]));
      assert.deepEqual(rows.map((row) => row[4]), numbers.map((number) => data.events[number][8].map((actor) => data.choices.actor[actor][1]).join('; ')));
      assert.ok(rows.every((row) => row.at(-1).startsWith('https://')), 'addresses are those of the published site');
      await copied(page, 'BibTeX', numbers.length);
    });
  }

  test('what the filters leave, and no more', async (t) => {
    const page = await tab(t);
    await page.goto(`${host.address('index.html')}?vote=vetoed`);
    await page.waitForFunction(() => document.body.classList.contains('is-filtered'));
    const lines = (await copied(page, 'Text', 18)).trimEnd().split('\n').map((line) => line.split('\t'));
    assert.ok(lines.every(([, title, address]) => title === titleOf.get(`events/${address.split('/').pop()}`)));
    await page.locator('.filter-clear').click();
    await copied(page, 'Markdown', data.events.length);
  });

  test('hostile titles stay what they are, and no formula', async (t) => {
    // Where it is a day later than in UTC.
    const page = await tab(t, { timezoneId: 'Pacific/Kiritimati' });
    await page.clock.setFixedTime(new Date('2026-09-05T23:59Z'));
    const hostile = ['=cmd|"/c calc"!A1', 'One, "two", three', 'a\tb', '@SUM(1)', '\u202bشرق\u202c [x](y) *z*', '} {\\x ~ 50% & co_'];
    const changed = structuredClone(data);
    const numbers = [...Array(hostile.length).keys()];
    numbers.forEach((number) => { changed.events[number][1] = hostile[number]; });
    await page.route('**/filter/events.js', (route) => route.fulfill({ contentType: 'text/javascript', body: `annalsEvents(${JSON.stringify(changed)})` }));
    await page.goto(host.address('actors/turkey.html'));
    await page.locator('.events').evaluateAll((lists, most) => lists.forEach((list) => {
      list.replaceChildren(...[...Array(most).keys()].map((number) => {
        const item = document.createElement('li');
        item.dataset.event = `${number}`;
        return item;
      }));
    }), hostile.length);
    const titles = rowsOf(await copied(page, 'CSV', hostile.length)).slice(1).map((row) => row[2]);
    assert.deepEqual(titles, ["'=cmd|\"/c calc\"!A1", 'One, "two", three', 'a b', "'@SUM(1)", hostile[4], hostile[5]]);
    const lines = (await copied(page, 'Text', hostile.length)).trimEnd().split('\n').map((line) => line.split('\t'));
    assert.deepEqual(lines.map((line) => line.length), hostile.map(() => 3));
    assert.equal(lines[0][1][0], "'");
    assert.ok((await copied(page, 'Markdown', hostile.length)).includes('\\[x\\](y) \\*z\\*'));
    const bibtex = await copied(page, 'BibTeX', hostile.length);
    assert.ok(bibtex.includes('title = {{\\symbol{125} \\symbol{123}\\symbol{92}x \\symbol{126} 50\\% \\& co\\_}}'), bibtex);
    assert.equal(bibtex.split('{').length, bibtex.split('}').length);
    assert.match(bibtex, /urldate = \{2026-09-06\}/);
  });

  test('where the browser refuses, the text is there, selected', async (t) => {
    const page = await browser.tab(t);
    await page.addInitScript(() => { Object.defineProperty(navigator, 'clipboard', { value: undefined }); });
    await page.goto(host.address('votes.html#vetoed'));
    await area(page).getByRole('button', { name: 'CSV' }).click();
    await page.waitForSelector('.take-away textarea:not([hidden])');
    assert.equal(await page.evaluate(() => document.activeElement.selectionEnd - document.activeElement.selectionStart), await page.evaluate(() => document.activeElement.value.length));
    assert.match(await page.locator('.take-away [role=status]').textContent(), /does not allow copying/);
  });

  test('without JavaScript votes are filtered, and nothing offers to copy', async (t) => {
    const page = await browser.tab(t, { javaScriptEnabled: false });
    await page.goto(browser.address('votes.html'));
    const all = await page.locator('.votes tbody tr:visible').count();
    await page.locator('.outcomes a[href="#vetoed"]').click();
    assert.equal(await page.locator('.votes tbody tr:visible').count(), 18);
    await page.locator('.outcomes a[href="#all"]').click();
    assert.equal(await page.locator('.votes tbody tr:visible').count(), all);
    assert.equal(await area(page).isVisible(), false);
  });
});
