// The filters do what they say: the page shows the events that the data has for a choice, the state is in the address, and
// going back works. From disk, and over HTTP under a sub-path.

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
    const stop = async () => {
      await page.keyboard.press('Tab');
      return page.evaluate(() => document.activeElement.type);
    };
    assert.equal(await stop() === 'search' ? await stop() : 'checkbox', 'checkbox');
    await page.keyboard.press('Space');
    await page.waitForFunction(() => document.body.classList.contains('is-filtered'));
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SUMMARY');
    assert.equal(await page.locator('[data-facet=kind]').getAttribute('open'), null);
    await page.locator('.chip').focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => !document.body.classList.contains('is-filtered'));
    assert.equal(await page.evaluate(() => document.activeElement.className), 'filter-status', 'focus is not lost with the button');
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

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
/** A tab on the home page, as on a phone, that counts taps and filled fields. */
async function phone(t, query = '') {
  const page = await browser.tab(t, PHONE);
  await page.goto(browser.address('index.html') + query);
  let steps = 0;
  return {
    page,
    steps: () => steps,
    tap: (selector) => { steps += 1; return page.locator(selector).tap(); },
    fill: (selector, value) => { steps += 1; return page.locator(selector).fill(value); },
    sheetIsOpen: () => page.locator('.filter-sheet').evaluate((sheet) => sheet.matches(':modal')),
    offered: (facet) => page.locator(`[data-facet=${facet}] .choices input`).evaluateAll((boxes) => boxes.filter((box) => box.checkVisibility()).map((box) => box.value)),
  };
}
const byCount = (facet, of) => {
  const counts = data.choices[facet].map(([id], at) => [id, events.filter((event) => of(event).includes(at)).length]);
  return counts.filter(([, count]) => count).sort((a, b) => b[1] - a[1]);
};

describe('the filters on a phone', () => {
  test('take one line until something is chosen, and none of their fields', async (t) => {
    const { page } = await phone(t);
    const tops = await page.locator('.filter-open, .filter-status').evaluateAll((all) => all.map((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return (top + bottom) / 2;
    }));
    assert.ok(Math.abs(tops[0] - tops[1]) < 4, `${tops}`);
    assert.equal(await page.locator('.filter-chosen').isVisible(), false);
    assert.equal(await page.locator('.filter-fields').isVisible(), false);
  });

  test('are a sheet in reach of the thumb, whose button counts and shows the events', async (t) => {
    const { page, tap, sheetIsOpen } = await phone(t);
    await tap('.filter-open');
    const box = await page.locator('.filter-sheet').boundingBox();
    assert.ok(box.height <= 844 * 0.76 && Math.abs(box.y + box.height - 844) < 1, JSON.stringify(box));
    assert.equal(await page.locator('.filter-show').textContent(), `Show ${events.length} events`);
    assert.ok(await page.evaluate(() => document.querySelector('.filter-sheet').contains(document.activeElement)), 'the focus is in the sheet');
    await page.waitForSelector('[data-facet=actor] .choices input');
    const small = await page.locator('.filter-sheet :is(button, summary, input:not([type=checkbox]), .choices label)').evaluateAll((all) => all.filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 44).map((element) => element.outerHTML));
    assert.deepEqual(small, []);

    const [[actor, count]] = byCount('actor', (event) => event.actors);
    await page.locator(`[data-facet=actor] input[value="${actor}"]`).tap();
    await page.waitForFunction((count) => document.querySelector('.filter-show').textContent === `Show ${count} events`, count);
    assert.equal(await page.locator('.years .event:not([hidden])').count(), count, 'the list below is the same at once');
    const show = await page.locator('.filter-show').boundingBox();
    assert.ok(show.y + show.height <= 844 && show.y > 844 - 90, 'the button is at the lower edge');
    await tap('.filter-show');
    assert.equal(await sheetIsOpen(), false);
    const { y } = await page.locator('.years .event:visible').first().boundingBox();
    assert.ok(y > 0 && y < 200, `the first event is at ${y} px`);
    assert.equal(await page.locator('.filter-open').textContent(), 'Filter1');
    assert.equal(await page.locator('.chip').count(), 1);
    // One event is not "1 events".
    await page.goto(`${browser.address('index.html')}?q="${encodeURIComponent(events[0].title)}"`);
    await settled(page, 1);
    assert.equal(await page.locator('.filter-show').textContent(), 'Show 1 event');
  });

  test('close by Escape, by their button and by a tap outside, and give the focus back', async (t) => {
    const { page, tap, sheetIsOpen } = await phone(t);
    const focus = () => page.evaluate(() => document.activeElement.className);
    await page.locator('.filter-open').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.name), 'q', 'after the button that closes come the fields');
    await page.keyboard.press('Escape');
    assert.equal(await sheetIsOpen(), false);
    assert.equal(await focus(), 'filter-open');
    await tap('.filter-open');
    await tap('.filter-sheet form button');
    assert.equal(await sheetIsOpen(), false);
    await tap('.filter-open');
    await page.touchscreen.tap(200, 60);
    assert.equal(await sheetIsOpen(), false);
    assert.equal(await focus(), 'filter-open');
    assert.equal(await page.locator('.filter-fields').isVisible(), false);
  });

  test('go back step by step while the sheet is open', async (t) => {
    const { page, tap } = await phone(t);
    await tap('.filter-open');
    const [[one, count], [other]] = byCount('actor', (event) => event.actors);
    await tap(`[data-facet=actor] input[value="${one}"]`);
    await settled(page, count);
    await tap(`[data-facet=actor] input[value="${other}"]`);
    await page.waitForFunction(() => document.querySelectorAll('.chip').length === 2);
    await page.goBack();
    await settled(page, count);
    assert.equal(await page.locator('.filter-show').textContent(), `Show ${count} events`);
    assert.equal(await page.locator(`[data-facet=actor] input[value="${other}"]`).isChecked(), false);
  });

  test('take six steps to the events of two actors in one month', async (t) => {
    const { page, steps, tap, fill } = await phone(t);
    await tap('.filter-open');
    const [[one], [other]] = byCount('actor', (event) => event.actors);
    for (const actor of [one, other]) await tap(`[data-facet=actor] input[value="${actor}"]`);
    await fill('[name=from]', 'November 2017');
    await tap('.filter-only');
    await tap('.filter-show');
    assert.equal(steps(), 6);
    const query = new URL(page.url()).searchParams;
    assert.deepEqual([query.get('from'), query.get('to'), query.getAll('actor').toSorted()], ['November 2017', 'November 2017', [one, other].toSorted()]);
    const dates = await page.locator('.years .event:visible time').evaluateAll((times) => times.map((time) => time.dateTime));
    assert.ok(dates.length > 0);
    assert.deepEqual(dates.filter((date) => !date.startsWith('2017-11')), []);
    assert.ok(await page.locator('.chip', { hasText: /^November 2017$/ }).isVisible());
  });
});

describe('a list of choices', () => {
  test('is narrowed down by what is typed, and keeps what is chosen', async (t) => {
    const { page, tap, offered } = await phone(t);
    await tap('.filter-open');
    await page.waitForSelector('[data-facet=actor] .choices input');
    const ranked = byCount('actor', (event) => event.actors);
    assert.ok(ranked.length > 12);
    assert.deepEqual((await offered('actor')).length, ranked.length);
    assert.equal((await offered('actor'))[0], ranked[0][0], 'the most frequent comes first');
    const [id, name] = data.choices.actor.find(([id]) => id === ranked.at(-1)[0]);
    await tap(`[data-facet=actor] input[value="${ranked[0][0]}"]`);
    const find = page.getByRole('searchbox', { name: 'Search: Actors' });
    await find.fill(name.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase());
    assert.deepEqual((await offered('actor')).toSorted(), [ranked[0][0], id].toSorted());
    await find.fill('');
    assert.equal((await offered('actor')).length, ranked.length);
  });

  test('puts what is chosen first when it opens, and moves nothing under the finger', async (t) => {
    const page = await browser.tab(t);
    await page.goto(browser.address('index.html'));
    const offered = () => page.locator('[data-facet=actor] .choices input').evaluateAll((boxes) => boxes.map((box) => box.value));
    await open(page, 'actor');
    await page.waitForSelector('[data-facet=actor] .choices input');
    const before = await offered();
    for (const at of [3, 6]) await page.locator(`[data-facet=actor] input[value="${before[at]}"]`).check();
    assert.deepEqual(await offered(), before);
    await page.keyboard.press('Escape');
    await open(page, 'actor');
    const rest = before.filter((_, at) => at !== 3 && at !== 6);
    assert.deepEqual(await offered(), [before[3], before[6], ...rest]);
    // One list at a time.
    await open(page, 'place');
    assert.equal(await page.locator('.facet[open]').count(), 1);
  });

  test('is left out if the page has no choice', async (t) => {
    const page = await browser.tab(t);
    const empty = await page.goto(browser.address('timeline/2017.html')).then(async () => {
      await page.locator('#_filter-q').focus();
      await page.waitForSelector('[data-facet=kind] .choices input', { state: 'attached' });
      return page.locator('.facet:visible').evaluateAll((all) => all.filter((list) => !list.querySelector('input[type=checkbox]')).length);
    });
    assert.equal(empty, 0);
  });
});

describe('a month, a season or a year alone', () => {
  test('means from its first day on, and is offered as the whole period', async (t) => {
    const page = await browser.tab(t);
    await page.goto(browser.address('index.html'));
    const only = page.locator('.filter-only');
    for (const [text, offer] of [['autumn 2017', 'Only autumn 2017'], ['2017-11', 'Only 2017-11'], ['2017', 'Only 2017'], ['2017-11-20', ''], ['01/02/2017', ''], ['nonsense', '']]) {
      await page.locator('[name=from]').fill(text);
      await page.waitForFunction((text) => new URLSearchParams(location.search).get('from') === text, text);
      await page.waitForFunction(({ offer }) => (document.querySelector('.filter-only:not([hidden])')?.textContent ?? '') === offer, { offer });
    }
    await page.locator('[name=from]').fill('autumn 2017');
    const left = await shown(page);
    await only.click();
    assert.equal(await page.locator('[name=to]').inputValue(), 'autumn 2017');
    assert.ok(await shown(page) < left);
    assert.equal(await only.isVisible(), false);
    await page.goBack();
    await page.waitForFunction(() => document.querySelector('[name=to]').value === '');
    assert.equal(await shown(page), left);
  });
});

test('what is chosen is printed, from the sheet too', async (t) => {
  const { page, tap } = await phone(t, '?q=syria&from=2017');
  await page.waitForFunction(() => document.body.classList.contains('is-filtered'));
  await tap('.filter-open');
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  assert.deepEqual(await page.locator('.filter-outcome :is(button, p):visible, .filter-open:visible, .filter-sheet:visible').evaluateAll((all) => all.map((element) => element.className)), ['filter-status', 'chip', 'chip']);
  assert.deepEqual(await page.locator('.chip').allTextContents(), ['“syria”', '2017 – …']);
});
