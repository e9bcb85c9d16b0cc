// A period as readers type it: home and search read the same dates, say the same of wrong ones beside the field, leave
// the focus where it is, and agree on what is in the period.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, test } from 'node:test';
import { useBrowser } from './lib.mjs';

const browser = useBrowser();
const folders = ['FORMS_SITE', 'WORDS_SITE'].map((name) => process.env[name]).filter(Boolean);
const site = process.env.WORDS_SITE;

/** A tab on the home page or the search page of a site, and what it says of a period. */
async function open(t, folder, file, query = '') {
  const page = await browser.tab(t, { viewport: { width: 1000, height: 4000 } });
  await page.goto(pathToFileURL(join(folder, file)).href + query);
  const settled = async () => {
    await page.waitForTimeout(180); // the search page waits for more letters
    await page.waitForFunction(() => document.getElementById('_results')?.ariaBusy !== 'true');
  };
  const [from, to] = ['from', 'to'].map((name) => page.locator(`main [name=${name}]`));
  return { page, from, to, settled, wrong: (name) => page.locator(`[id$="${name}-wrong"]`).textContent() };
}

const onHome = (page) => page.evaluate(() => {
  const ids = (selector) => [...document.querySelectorAll(`${selector} .event-title a`)].filter((link) => link.checkVisibility()).map((link) => link.href.replace(/^.*\/events\/|\.html$/g, '')).sort();
  return { surely: ids('.years'), perhaps: ids('.possibly') };
});
const inSearch = (page) => page.evaluate(async () => {
  const more = () => document.querySelector('#_results button:not([hidden])');
  while (more()) {
    const before = document.querySelectorAll('#_results li').length;
    more().click();
    while (document.querySelectorAll('#_results li').length === before || document.querySelector('#_status').textContent === '') await new Promise((done) => setTimeout(done, 20));
    await new Promise((done) => setTimeout(done, 60));
  }
  const rows = [...document.querySelectorAll('#_results li')];
  const ids = (all) => all.map((row) => row.querySelector('a').href.replace(/^.*\/events\/|\.html$/g, '')).sort();
  const isPerhaps = (row) => row.textContent.includes('possibly');
  return { surely: ids(rows.filter((row) => !isPerhaps(row))), perhaps: ids(rows.filter(isPerhaps)) };
});

const PERIODS = [
  ['2017-11-20', '2017-11-20'], ['2017-11-21', ''], ['', '2017-11-21'], ['2017-11-21', '2017-11-21'], ['2017-11', '2017-11'], ['2017-11-22', '2017-12-01'],
  ['2017-12-14', '2018-01'], ['2017-12-15', '2017-12-31'], ['2017', '2017'], ['2018', ''], ['', '2010'], ['2011-03', '2011-03'], ['2011-03-15', '2011-03-15'],
  ['2014-02-10', '2014-02-10'], ['2014-01-15', '2014-01-20'], ['2014-01-01', '2014-01-31'], ['2014', '2014'], ['2018-03', '2018-05'], ['2018-04-01', '2018-04-30'],
  ['1990', '1999'], ['1995', '1995'], ['-0044', '-0044'], ['', '-0044-03-14'], ['17000', '17000'], ['9000', ''], ['2004-06', '2004-06'], ['2018-02-02', '2018-02-02'],
  ['2018-02-01', '2018-02-03'], ['2019-01', ''], ['2017-11-24', '2017-11-24'], ['2017-12', '2018-02'], ['0', '99999'],
];

for (const folder of folders) {
  test(`filters and search agree on every period, for every form of date in ${folder.split('/').slice(-2).join('/')}`, async (t) => {
    const [home, search] = [await open(t, folder, 'index.html'), await open(t, folder, 'search.html')];
    let compared = 0;
    for (const [from, to] of PERIODS) {
      for (const { page, settled } of [home, search]) {
        await page.evaluate(([from, to]) => {
          for (const [name, value] of [['from', from], ['to', to]]) {
            const field = document.querySelector(`main [name=${name}]`);
            field.value = value;
            for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
          }
        }, [from, to]);
        await settled();
      }
      const [filtered, found] = [await onHome(home.page), await inSearch(search.page)];
      assert.deepEqual(found, filtered, `${from} to ${to}`);
      compared += filtered.surely.length + filtered.perhaps.length;
    }
    assert.ok(compared > PERIODS.length);
  });
}

describe('a date that is typed', { skip: !site && 'WORDS_SITE is not set' }, () => {
  const state = ({ page }) => page.evaluate(() => ({
    rows: [...document.querySelectorAll('#_results li h3, .years .event-title')].filter((row) => row.checkVisibility()).length,
    focus: document.activeElement.getAttribute('name'),
  }));

  for (const file of ['search.html', 'index.html']) {
    test(`leaves focus and results of ${file} alone until it is whole`, async (t) => {
      const tab = await open(t, site, file, '?q=city');
      await tab.settled();
      const all = await state(tab);
      assert.ok(all.rows > 3);
      await tab.from.focus();
      for (const [text, letters] of [['1995-02-03', '1995'], ['3.2.1995', '1995'], ['3 February 1995', 'February 1995']]) {
        await tab.from.fill('');
        await tab.settled();
        for (const letter of text) {
          await tab.page.keyboard.type(letter);
          await tab.settled();
          const { rows, focus } = await state(tab);
          assert.equal(focus, 'from', `${text}: ${letter}`);
          assert.ok(rows > 3, `${rows} rows after the ${letter} of ${text}`);
          assert.equal(await tab.from.getAttribute('aria-invalid'), 'false', `${text}: ${letter}`);
        }
        assert.ok((await state(tab)).rows < all.rows, `${text} left all of ${letters}`);
      }
      await tab.from.fill('1995-0');
      await tab.settled();
      assert.ok((await state(tab)).rows < all.rows, 'the last results went');
      await tab.page.keyboard.press('Tab');
      await tab.settled();
      assert.equal(await tab.from.getAttribute('aria-invalid'), 'true', 'what stays half typed is no date');
      assert.match(await tab.wrong('from'), /“1995-0” is not a date/);
    });
  }

  test('is the same on home and search, right or wrong', async (t) => {
    const tabs = [await open(t, site, 'index.html'), await open(t, site, 'search.html', '?q=city')];
    const messages = [];
    for (const tab of tabs) {
      const all = (await state(tab)).rows;
      assert.ok((await tab.from.getAttribute('aria-describedby')).split(' ').some((id) => id.endsWith('from-wrong')));
      assert.equal(await tab.page.locator('[id$="from-wrong"]').getAttribute('role'), 'status', 'a polite live region');
      const said = [];
      for (const text of ['2017-13', '2017-02-29', '2017-00', 'yesterday', '20.11.17', '01/02/2010', '[', '31 November 2017', '2017-42', '?']) {
        await tab.from.fill(text);
        await tab.from.dispatchEvent('change');
        await tab.settled();
        assert.equal(await tab.from.getAttribute('aria-invalid'), 'true', text);
        assert.equal((await state(tab)).rows, all, `${text} takes nothing out`);
        said.push(await tab.wrong('from'));
        assert.match(said.at(-1), new RegExp(`^“${RegExp.escape?.(text) ?? text.replace(/[.?[]/g, '\\$&')}”`));
      }
      messages.push(said);
      for (const text of ['1995', '1995-2', '1995-02-03', '3.2.1995', '1995/02/03', '02.1995', '2/1995', '19950203', '13/2/1995', '2/13/1995', '١٩٩٥-٠٢-٠٣', '۱۹۹۵', '１９９５－０２', '१९९५', '199X', '1995-XX', '1995-02-XX', '1995-37', 'February 1995', 'feb 1995', '3 Feb. 1995', 'winter 1994', 'early 1995', '1995?', ' 1995 ', '1995-02-03T10:00:00Z']) {
        await tab.from.fill(text);
        await tab.to.fill(text);
        await tab.to.dispatchEvent('change');
        await tab.settled();
        assert.equal(await tab.from.getAttribute('aria-invalid'), 'false', text);
        assert.equal(await tab.to.getAttribute('aria-invalid'), 'false', text);
        assert.ok((await state(tab)).rows > 0 || text.includes('13'), `${text} finds nothing`);
      }
      await tab.to.fill('1994');
      await tab.to.dispatchEvent('change');
      await tab.settled();
      assert.match(await tab.wrong('to'), /ends before it begins/);
      assert.equal(await tab.from.getAttribute('aria-invalid'), 'true');
    }
    assert.deepEqual(messages[0], messages[1]);
    assert.match(messages[0][5], /2010-02-01.*2010-01-02/, 'both readings are named');
  });
});
