// The numbers for which pages hold words have every plural form of every language, and scripts and templates have the same.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '../..');
const read = (file) => readFileSync(join(root, file), 'utf8');
const numbersIn = (file, form) => form.exec(read(file))[1].split(',').map(Number);

const SCRIPTS = ['scripts/filter/controls.js', 'scripts/embed.js'];
const TEMPLATES = ['templates/components.html', 'templates/embed.html'];
const lists = [
  ...SCRIPTS.map((file) => numbersIn(file, /PLURALS = \[(.*?)\]/)),
  ...TEMPLATES.map((file) => numbersIn(file, /for count in \[(.*?)\]/)),
];

/** The languages whose plural forms are known: all of CLDR's have a tag of two or three letters. */
function languages() {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const two = letters.flatMap((first) => letters.map((second) => first + second));
  return Intl.PluralRules.supportedLocalesOf([...two, ...two.flatMap((start) => letters.map((last) => start + last))]);
}

test('scripts and templates have the same numbers', () => {
  assert.equal(lists.length, 4);
  for (const list of lists) assert.deepEqual(list, lists[0]);
});

test('every plural form of every language has a number', () => {
  const all = languages();
  assert.ok(['ar', 'br', 'cy', 'en', 'ga', 'kw', 'lt', 'sl'].every((language) => all.includes(language)), all.join());
  const whole = [...Array(1200).keys(), 1e6, 2e6];
  for (const language of all) {
    const plurals = new Intl.PluralRules(language);
    const known = new Set(lists[0].map((number) => plurals.select(number)));
    for (const number of whole) assert.ok(known.has(plurals.select(number)), `${language} has no words for ${number}`);
  }
});
