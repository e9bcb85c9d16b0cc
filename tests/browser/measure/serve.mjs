// How long the preview takes from a saved edit to the page that shows it, and how its memory grows.
//
// node serve.mjs ANNALS SITE TEMPLATE EDITS [memory]: SITE is written to, TEMPLATE is the built-in template of events.
//
// The clock starts when the write has returned, and stops in the first frame whose document has the edit; both sides read the
// same clock of the system. A frame comes every 16 ms, so a result is half of that too long on average.

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BROWSER, launch } from '../chromium.mjs';
import { pause, print, quantile } from './print.mjs';

const [annals, site, template, edits, memory] = process.argv.slice(2);
const PAUSE = 250; // milliseconds between an edit and the next one
const PATIENCE = 30_000; // milliseconds

// The site: one entry, and a template and a style sheet of its own

const events = readdirSync(join(site, 'content/events')).sort();
const entry = events[Math.floor(events.length / 2)];
const original = readFileSync(join(site, 'content/events', entry), 'utf8');
const page = readFileSync(template, 'utf8');
let sheet = '';

/** What each kind of edit writes: the file, and its text with the number of the edit. */
const KINDS = {
  text: (number) => [`content/events/${entry}`, original.replace(/^(\+\+\+|---)\n[^]*?\n\1\s+/, `$&Measured edit ${number}. `)],
  title: (number) => [`content/events/${entry}`, original.replace(/^title = "/m, `$&Measured edit ${number}. `)],
  template: (number) => ['templates/event.html', page.replace('<div class="text">', `<p>Measured edit ${number}.</p>$&`)],
  'style sheet': (number) => ['static/assets/annals.css', `${sheet}\n:root { --measured-edit: ${number}; }\n`],
};

function write(kind, number) {
  const [path, text] = KINDS[kind](number);
  const file = join(site, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return Date.now();
}

// The server

write('template', 0);
const server = spawn(annals, ['serve', '--root', site, '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
process.on('exit', () => server.kill());
const address = await new Promise((found, failed) => {
  let printed = '';
  const read = (chunk) => {
    printed += chunk;
    const match = /http:\/\/\S+:\d+\//.exec(printed);
    if (match) found(match[0]);
  };
  server.stdout.on('data', read);
  server.stderr.on('data', read);
  server.on('exit', () => failed(new Error(`annals serve ended: ${printed}`)));
});

const resident = () => Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]) / 1024;

// The reader: says which edit each frame shows

const browser = await launch(BROWSER);
const tab = await browser.newPage();
const seen = new Map(); // by number of the edit: when it was seen
let onSeen = () => {};
await tab.exposeBinding('sawEdit', (_, number, at) => {
  if (!seen.has(number)) seen.set(number, at);
  onSeen();
});
await tab.addInitScript(() => {
  let last = 0;
  const look = () => {
    const isStyled = document.body && getComputedStyle(document.body).fontFamily.includes('Annals');
    const texts = [...(document.body?.textContent ?? '').matchAll(/Measured edit (\d+)\./g)].map((match) => Number(match[1]));
    const style = Number(getComputedStyle(document.documentElement).getPropertyValue('--measured-edit'));
    const newest = Math.max(style, ...texts);
    if (newest > last && isStyled) globalThis.sawEdit(last = newest, Date.now());
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
});
// The own style sheet is the built-in one with a line more.
sheet = await (await fetch(`${address}assets/annals.css`)).text();
write('style sheet', 0);
await pause(3000);
await tab.goto(`${address}events/${entry.replace(/\.md$/, '.html')}`);

let number = 0;
async function edit(kind) {
  const mine = ++number;
  const from = write(kind, mine);
  await new Promise((done, failed) => {
    const timer = setTimeout(() => failed(new Error(`edit ${mine} (${kind}) was not shown within ${PATIENCE} ms`)), PATIENCE);
    onSeen = () => { if (seen.has(mine)) done(clearTimeout(timer)); };
    onSeen();
  });
  await pause(PAUSE * (memory ? 0.1 : 1) + Math.random() * 20);
  return seen.get(mine) - from;
}

if (memory) await measureMemory();
else await measureTimes();
await browser.close();
process.exit(0);

/** Prints the median time of each kind of edit in milliseconds. The kinds take turns, and the first round does not count. */
async function measureTimes() {
  const times = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, []]));
  for (const kind in KINDS) await edit(kind);
  for (let round = 0; round < Number(edits); round++) for (const kind in KINDS) times[kind].push(await edit(kind));
  for (const kind in KINDS) print(kind, quantile(times[kind]), 'ms');
}

/** Prints the resident memory of the preview in MiB: before the edits, after some that fill its caches, and up to the last. */
async function measureMemory() {
  const [kinds, count] = [Object.keys(KINDS), Number(edits)];
  const sizes = [resident()];
  const times = [];
  for (let done = 0; done < count; done++) {
    times.push(await edit(kinds[done % kinds.length]));
    sizes.push(resident());
  }
  const settled = Math.min(100, Math.floor(count / 2));
  print('memory before the first edit', sizes[0], 'MiB');
  for (let done = settled; done < count; done += Math.ceil((count - settled) / 5)) print(`memory after ${done} edits`, sizes[done], 'MiB');
  print(`memory after ${count} edits`, sizes[count], 'MiB');
  print('growth in the last half', quantile(sizes.slice(-Math.ceil(count / 8))) - quantile(sizes.slice(count >> 1, (count >> 1) + Math.ceil(count / 8))), 'MiB');
  print('median time of the first half', quantile(times.slice(0, count >> 1)), 'ms');
  print('median time of the second half', quantile(times.slice(count >> 1)), 'ms');
}
