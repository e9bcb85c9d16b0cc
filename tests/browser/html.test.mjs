// The HTML is valid by html-validate's recommended rules, except those that are matters of taste.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { htmlFiles, readPage, onePageOfEachKind, text } from './lib.mjs';

const AT_MOST = 60;

const validator = new HtmlValidate(new StaticConfigLoader({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // HTML accepts both cases; the site has lower case everywhere.
    'doctype-style': ['error', { style: 'lowercase' }],
    // HTML allows any id without white space. The site's own begin with "_", so that no heading of a text can take them.
    'valid-id': ['error', { relaxed: true }],
    // Advice for search engines. A headline is as long as its event needs, and the site's name follows it.
    'long-title': 'off',
  },
}));

test('the HTML of every kind of page, of a redirect and of an even sample of all pages is valid', async () => {
  const oneOfEachKind = onePageOfEachKind.map(({ file }) => file);
  const redirect = htmlFiles.filter((file) => readPage(file).redirect !== undefined).slice(0, 1);
  const sample = evenSample(htmlFiles, AT_MOST - oneOfEachKind.length - redirect.length);
  const chosen = new Set([...oneOfEachKind, ...redirect, ...sample, 'embed.html', 'data.html']);
  const found = [];
  for (const file of chosen) {
    const { results } = await validator.validateString(text(file), file);
    const messages = results.flatMap((result) => result.messages);
    found.push(...messages.map(({ line, column, ruleId, message }) => `${file}:${line}:${column} ${ruleId}: ${message}`));
  }
  assert.deepEqual(found, []);
});

function evenSample(list, count) {
  if (list.length <= count) return list;
  return Array.from({ length: count }, (_, index) => list[Math.floor((index * list.length) / count)]);
}
