// What readers type into the search field: quotation marks as phones type them, symbols of documents, dates, and words of
// languages that attach particles to the next word. Tested on a site of its own (tests/browser/words).

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, test } from 'node:test';
import { useBrowser } from './lib.mjs';

const browser = useBrowser();
const folder = process.env.WORDS_SITE;

/** One tab on the search page of the site, and the titles that it finds. It fails the test when the page throws. */
async function searcher(t) {
  const page = await browser.tab(t, { viewport: { width: 1000, height: 3000 } });
  const said = [];
  page.on('pageerror', (error) => said.push(error.message));
  t.after(() => assert.deepEqual(said, []));
  const find = async (query, more = '') => {
    await page.goto(`${pathToFileURL(join(folder, 'search.html')).href}?q=${encodeURIComponent(query)}${more}`);
    await page.waitForFunction(() => document.getElementById('_results').ariaBusy === 'false');
    return page.locator('#_results h3').allTextContents();
  };
  return { page, find, status: () => page.locator('#_status').textContent() };
}

describe('the search field', { skip: !folder && 'WORDS_SITE is not set' }, () => {
  test('takes quotation marks of every keyboard, also one that is never closed', async (t) => {
    const { find } = await searcher(t);
    const plain = await find('"asks for"');
    assert.deepEqual(plain, ['Council asks for talks']);
    for (const query of ['“asks for”', '„asks for“', '«asks for»', '»asks for«', '‹asks for›', '「asks for」', '『asks for』', '＂asks for＂', '“asks for', '"asks for']) {
      assert.deepEqual(await find(query), plain, query);
      assert.deepEqual(await find(query.replace('asks for', 'for asks')), [], `${query} the other way round`);
    }
  });

  test('finds nothing for signs alone, and says so', async (t) => {
    const { find, status } = await searcher(t);
    for (const query of ['?', '!', '…', '"', '“”', '¿?', '*', '.', '🙂']) {
      assert.deepEqual(await find(query), [], query);
      assert.match(await status(), /letter or digit/, query);
      assert.deepEqual(await find(query, '&from=2003'), [], `${query} in a period`);
    }
    assert.deepEqual(await find(' '), []);
    assert.equal(await status(), '');
  });

  test('takes whatever is typed for words', async (t) => {
    const { find, status } = await searcher(t);
    const odd = ['Odd names'];
    for (const query of ['constructor', '__proto__', 'STRASSE', 'straße', 'istanbul', 'İSTANBUL', 'isi', 'al-assad', 'al‑Assad’s', 'al-assad\'s', 'Sicherheitsrat', 'sicher\u00adheitsrat', 'ｓｔｒａｓｓｅ', ' constructor ', '(constructor)', 'constructor?']) {
      assert.deepEqual(await find(query), odd, query);
    }
    for (const query of ['toString', 'hasOwnProperty', 'valueOf', 'a.*b(c[d\\']) assert.deepEqual(await find(query), [], query);
    assert.deepEqual(await find('constructor '.repeat(900)), odd);
    assert.match(await status(), /first 500 characters/);
    await find('"'.repeat(10_000));
  });

  test('puts the event that a document belongs to first', async (t) => {
    const { find } = await searcher(t);
    const queries = ['S/RES/7001', 's/res/7001', 'S/RES/7001 (2003)', 's/res/7001(2003)', 'S/RES/7001.', '(S/RES/7001)', 'Ｓ／ＲＥＳ／７００１', 'RES/7001', 'resolution 7001', 'Resolution 7001 (2003)', 'res. 7001', 'SC res. 7001', 'UNSC 7001', 'UNSCR 7001?', '7001', 'resolution ٧٠٠١'];
    for (const query of queries) {
      const [first, ...others] = await find(query);
      assert.equal(first, 'Council asks for talks', query);
      assert.deepEqual(others.toSorted(), ['A meeting on resolution texts', 'Resolution is recalled'], query);
    }
    for (const query of ['A/HRC/RES/S-7/1', 'a/hrc/res/s-7/1', 'HRC/RES/S-7/1']) assert.deepEqual(await find(query), ['Rights council opens an inquiry'], query);
    for (const query of ['S/2003/777', 'draft S/2003/777', 'S/2003/77']) assert.deepEqual(await find(query), ['Draft is blocked'], query);
    for (const query of ['S/RES/7002', 'resolution 7002']) assert.deepEqual(await find(query), [], query);
  });

  test('puts the events of a date first, however it is written', async (t) => {
    const { find, page } = await searcher(t);
    for (const query of ['2009-11-20', '20 November 2009', 'November 20, 2009', '20th November 2009', '20 nov 2009', '20.11.2009', '20/11/2009', '11/20/2009', '20091120', '٢٠٠٩-١١-٢٠', '۲۰۰۹-۱۱-۲۰', '２００９－１１－２０', '2009‑11‑20', '20 November 2009?', 'Oslo, 20 November 2009']) {
      const found = await find(query);
      assert.equal(found[0], 'An evening in Oslo', query);
      assert.ok(found.includes('November 2009 and 20 others in Oslo'), `${query}: pages that have the words are found too`);
    }
    assert.deepEqual(await find('Oslo 2009-11-21'), []);
    for (const query of ['November 2009', '2009-11', '11.2009', 'autumn 2009', 'fall 2009', 'the fall of 2009', 'Q4 2009', 'fourth quarter of 2009', 'late 2009', 'second half of 2009']) {
      assert.equal((await find(query))[0], 'An evening in Oslo', query);
    }
    await find('2017-11-20');
    const [first, perhaps] = await page.locator('#_results li').evaluateAll((all) => [all[0].textContent, all.filter((row) => row.textContent.includes('possibly')).length]);
    assert.doesNotMatch(first, /possibly/);
    assert.ok(perhaps > 3, 'what is possibly on the day is found and marked');
  });

  test('finds Arabic words with and without what is written on to them, the exact ones first', async (t) => {
    const { find } = await searcher(t);
    const cities = ['City and', 'City and-in', 'City bare', 'City for', 'City in', 'City like', 'City so'];
    for (const [query, first] of [['دمشق', 'bare'], ['بدمشق', 'in'], ['ودمشق', 'and'], ['فدمشق', 'so'], ['لدمشق', 'for'], ['كدمشق', 'like'], ['وبدمشق', 'and-in'], ['دِمَشق', 'bare'], ['دمـشق', 'bare']]) {
      const found = await find(`${query} `);
      assert.equal(found[0], `City ${first}`, query);
      assert.deepEqual(found.toSorted(), cities, query);
    }
    const lions = ['Lion and-the', 'Lion bare', 'Lion for-the', 'Lion in-the', 'Lion the'];
    for (const [query, first] of [['أسد', 'bare'], ['اسد', 'bare'], ['الأسد', 'the'], ['والأسد', 'and-the'], ['للأسد', 'for-the'], ['بالأسد', 'in-the']]) {
      const found = await find(query);
      assert.equal(found[0], `Lion ${first}`, query);
      assert.deepEqual(found.toSorted(), lions, query);
    }
    assert.deepEqual(await find('"دمشق"'), ['City bare'], 'in quotation marks it must be the word');
    assert.equal((await find('بشار'))[0], 'Good news', 'a name that begins with ب');
    assert.equal((await find('شار'))[0], 'Another');
  });

  test('finds Persian words however their parts are joined, and does not take them for Arabic ones', async (t) => {
    const { find } = await searcher(t);
    for (const query of ['می‌شود', 'میشود', 'ميشود']) assert.deepEqual((await find(`${query} `)).toSorted(), ['Apart', 'Joined'], query);
    assert.deepEqual(await find('می شود '), ['Joined']);
    assert.deepEqual(await find('کتاب '), ['Joined']);
    assert.deepEqual(await find('رای '), ['Opinion'], '"for" is no vote');
  });

  test('copies rows with what parts their facts', async (t) => {
    const { find, page } = await searcher(t);
    await find('S/RES/7001');
    const copied = await page.evaluate(() => {
      getSelection().selectAllChildren(document.querySelector('#_results li'));
      return getSelection().toString();
    });
    assert.match(copied, /6 May 2003\s·\sResolution/);
  });
});
