// The HTML is valid: html-validate's recommended rules, less those about taste.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { htmlFiles, tenPages, text } from './lib.mjs';

const AT_MOST = 60;

const validator = new HtmlValidate(new StaticConfigLoader({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
  },
}));

test(`the HTML of every kind of page and of an even sample of all pages is valid`, async () => {
  const sample = evenSample(htmlFiles, AT_MOST - tenPages.length);
  const chosen = new Set([...tenPages.map(({ file }) => file), ...sample]);
  const found = [];
  for (const file of chosen) {
    const { results } = await validator.validateString(text(file), file);
    for (const { ruleId, message, line, column } of results.flatMap(({ messages }) => messages)) found.push(`${file}:${line}:${column} ${ruleId}: ${message}`);
  }
  assert.deepEqual(found, []);
});

const evenSample = (list, count) => (list.length <= count ? list : Array.from({ length: count }, (_, index) => list[Math.floor((index * list.length) / count)]));
