// Scores of a built site in Lighthouse, on the phone that it simulates: SITE is the folder, ADDRESS the base_url that it
// was built for, PAGES the pages, separated by commas. Fails if a score is below 100.

import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const { SITE, ADDRESS, PAGES, CHROMIUM = '/usr/bin/chromium' } = process.env;
if (!SITE || !ADDRESS || PAGES === undefined) {
  console.error('SITE, ADDRESS and PAGES must be set: see cargo xtask lighthouse');
  process.exit(2);
}
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const ROUNDS = 6; // of which the best counts: a busy machine makes a page slower, nothing makes it faster
const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.xml': 'application/xml', '.txt': 'text/plain', '.woff2': 'font/woff2' };

// Static hosts compress files, and browsers keep them. deploy/nginx.conf and deploy/Caddyfile also preload the typeface.
const TYPEFACE = '</assets/fonts/annals-serif.woff2>; rel=preload; as=font; type=font/woff2; crossorigin';
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, ADDRESS).pathname).slice(1) || 'index.html';
  const file = join(SITE, path);
  if (path.includes('..') || !existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  const bytes = readFileSync(file);
  const packed = extname(file) === '.woff2' ? bytes : gzipSync(bytes);
  const headers = { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', 'Cache-Control': 'max-age=31536000' };
  if (packed !== bytes) headers['Content-Encoding'] = 'gzip';
  if (extname(file) === '.html') headers.Link = TYPEFACE;
  response.writeHead(200, headers).end(packed);
});
await new Promise((done) => server.listen(Number(new URL(ADDRESS).port), '127.0.0.1', done));

const chrome = await launch({ chromePath: CHROMIUM, chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
let failed = false;
for (const page of PAGES.split(',')) {
  const best = Object.fromEntries(CATEGORIES.map((category) => [category, 0]));
  let faults = [];
  for (let round = 0; round < ROUNDS && Object.values(best).some((score) => score < 100); round += 1) {
    const { lhr } = await lighthouse(ADDRESS + page, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: 'error' });
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    for (const category of CATEGORIES) best[category] = Math.max(best[category], Math.round((lhr.categories[category].score ?? 0) * 100));
    const weighed = CATEGORIES.flatMap((category) => lhr.categories[category].auditRefs.filter(({ weight }) => weight > 0));
    faults = weighed.map(({ id }) => lhr.audits[id]).filter(({ score }) => score !== null && score < 0.9).map(({ id, displayValue = '' }) => `${id} ${displayValue}`);
  }
  console.log(`${page || 'home'}: ${CATEGORIES.map((category) => `${category} ${best[category]}`).join(', ')}`);
  if (Object.values(best).some((score) => score < 100)) {
    failed = true;
    for (const fault of faults) console.log(`    ${fault}`);
  }
}
await chrome.kill();
server.close();
process.exit(failed ? 1 : 0);
