// The preview in Chromium: a saved edit is shown, a style sheet is replaced without a reload, mistakes are laid over the page.
//
// ANNALS is the program.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { useBrowser } from './lib.mjs';

const browser = useBrowser();
const site = mkdtempSync(join(tmpdir(), 'annals-preview-'));
let server;
let address;

function write(path, text) {
  mkdirSync(dirname(join(site, path)), { recursive: true });
  writeFileSync(join(site, path), text);
}

const entry = (body, more = '') => `+++\ntitle = "Talks"\ndate = 2017-11-20\nkind = "meeting"\n${more}+++\n${body}\n`;

before(async () => {
  write('site.toml', 'title = "Preview"\n');
  write('content/events/talks.md', entry('They met.'));
  server = spawn(process.env.ANNALS ?? '../../target/release/annals', ['serve', '--root', site, '--port', '0']);
  address = await new Promise((found, failed) => {
    let printed = '';
    for (const stream of [server.stdout, server.stderr]) {
      stream.on('data', (chunk) => {
        printed += chunk;
        const match = /http:\/\/\S+:\d+\//.exec(printed);
        if (match) found(match[0]);
      });
    }
    server.on('exit', () => failed(new Error(`annals serve ended: ${printed}`)));
  });
});

after(() => {
  server.kill();
  rmSync(site, { recursive: true });
});

/** A tab with the event's page, which says whether it is still the one that was loaded first. */
async function open(t) {
  const page = await browser.tab(t);
  await page.goto(`${address}events/talks.html`);
  await page.evaluate(() => { globalThis.mark = true; });
  return { page, isTheSame: () => page.evaluate(() => globalThis.mark === true) };
}

test('a saved text is shown', async (t) => {
  const { page, isTheSame } = await open(t);
  write('content/events/talks.md', entry('They met again.'));
  await page.getByText('They met again.').waitFor();
  assert.equal(await isTheSame(), false, 'the page was loaded again');
});

test('a style sheet is replaced without a reload, also one that is new', async (t) => {
  const { page, isTheSame } = await open(t);
  const colour = () => page.evaluate(() => getComputedStyle(document.querySelector('h1')).color);
  const becomes = (wanted) => page.waitForFunction((wanted) => getComputedStyle(document.querySelector('h1')).color === wanted, wanted);
  write('static/assets/annals.css', 'h1 { color: rgb(1, 2, 3) }\n');
  await becomes('rgb(1, 2, 3)');
  await page.evaluate(() => { globalThis.mark = true; }); // the new folder may have cost a reload
  write('static/assets/annals.css', 'h1 { color: rgb(4, 5, 6) }\n');
  await becomes('rgb(4, 5, 6)');
  assert.equal(await isTheSame(), true, 'the page stayed');
  await page.waitForFunction(() => [...document.querySelectorAll('link[rel=stylesheet]')].filter((link) => link.href.includes('annals.css')).length === 1);
  assert.equal(await colour(), 'rgb(4, 5, 6)');
});

test('a mistake is laid over the last good page, and goes when it is corrected', async (t) => {
  const { page } = await open(t);
  write('content/events/talks.md', entry('They met in [Sochi](@/places/sochi.md).'));
  const report = page.getByRole('alert');
  await report.waitFor();
  assert.match(await report.innerText(), /dead-link/);
  assert.doesNotMatch(await page.locator('main').innerText(), /Sochi/, 'the last good page stays');
  write('content/events/talks.md', entry('They met in Sochi.'));
  await page.getByText('They met in Sochi.').waitFor();
  assert.equal(await report.count(), 0);
});
