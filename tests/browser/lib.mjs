// What the browser tests share: the folder of the built site, its pages as parsed without a browser, the rule for links,
// a small web server and Chromium. Pages are found by listing the folder; only PREFERRED names some.

import { createServer } from 'node:http';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, posix, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before } from 'node:test';
import { parse } from 'parse5';
import { SHELL, launch } from './chromium.mjs';

if (!process.env.SITE) throw new Error('Say where the built site is: SITE=/path/to/built/site node --test');

export const SITE = resolve(process.env.SITE);

/** Every file of the site as a path from its root, with `/`, in order. */
export const files = readdirSync(SITE, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(SITE.length + 1).replaceAll(sep, '/'))
  .sort();

export const htmlFiles = files.filter((file) => file.endsWith('.html'));

const known = new Set(files);

export const text = (file) => readFileSync(join(SITE, file), 'utf8');
const size = (file) => statSync(join(SITE, file)).size;

// ---------------------------------------------------------------------------------------------------------------
// A page, parsed without a browser

const URL_ATTRIBUTES = new Set(['href', 'src', 'srcset', 'poster', 'data', 'action', 'formaction', 'ping', 'background']);
const pages = new Map();

/** Returns what a page has: its ids, its references, its title, where it redirects to, whether it is kept from search
 *  engines, and its canonical address. */
export function readPage(file) {
  if (!pages.has(file)) pages.set(file, scanPage(text(file)));
  return pages.get(file);
}

/** The same for HTML that is not a file of the site, such as a response. */
export const scanPage = (html) => scan(parse(html));

function scan(document) {
  const page = { ids: new Set(), references: [], title: '', noindex: false, redirect: undefined, canonical: undefined };
  const visit = (node) => {
    const attributes = Object.fromEntries((node.attrs ?? []).map(({ name, value }) => [name, value]));
    const { id, rel = '', name, content = '', style = '' } = attributes;
    const tag = node.tagName;
    if (id !== undefined) page.ids.add(id);
    if (tag === 'title' && node.namespaceURI.endsWith('xhtml')) page.title = node.childNodes.map((child) => child.value).join('');
    if (tag === 'meta' && name === 'robots') page.noindex = content.includes('noindex');
    if (tag === 'meta' && attributes['http-equiv']?.toLowerCase() === 'refresh') page.redirect = content.replace(/^[^=]*=\s*/, '');
    if (tag === 'link' && rel === 'canonical') page.canonical = attributes.href;
    const refer = (attribute, value) => page.references.push({ tag, attribute, value, rel: rel.split(/\s+/) });
    for (const [attribute, value] of Object.entries(attributes)) {
      if (!URL_ATTRIBUTES.has(attribute)) continue;
      if (attribute !== 'srcset') refer(attribute, value);
      else for (const candidate of value.split(',')) refer(attribute, candidate.trim().split(/\s+/)[0]);
    }
    for (const value of cssReferences(style)) refer('style', value);
    if (tag === 'style') for (const value of cssReferences(node.childNodes.map((child) => child.value).join(''))) refer('style', value);
    for (const child of node.childNodes ?? []) visit(child);
    if (node.content) visit(node.content);
  };
  visit(document);
  return page;
}

/** Returns the addresses that a style sheet or a style attribute refers to. */
export function cssReferences(css) {
  const bare = css.replace(/\/\*[^]*?\*\//g, '');
  return [...bare.matchAll(/url\(\s*["']?([^"')]*)["']?\s*\)|@import\s+["']([^"']*)["']/g)].map((match) => match[1] ?? match[2]);
}

// ---------------------------------------------------------------------------------------------------------------
// The rule for links

const ABSOLUTE = /^([a-z][a-z0-9+.-]*:|\/\/)/i;

/** The path of the site on its host, such as "/syria/", from the canonical link of the home page; "/" without one. */
export const BASE = (() => {
  const { canonical } = readPage('index.html');
  return canonical ? new URL('.', canonical).pathname : '/';
})();

/**
 * Resolves a reference on the page `from`: `{ file, fragment }` inside the site, `{ outside: true }` if it may leave the
 * site, or `{ fault }`, which says why the site would not work from disk or under a sub-path.
 */
export function destination(from, { tag, attribute, value, rel = [] }) {
  const fault = (reason) => ({ fault: `${from}: <${tag} ${attribute}="${value}"> ${reason}` });
  if (tag === 'link' && rel.includes('canonical')) return { outside: true };
  if (ABSOLUTE.test(value)) {
    if (tag === 'a' && /^(mailto|tel):/.test(value)) return { outside: true };
    if (tag === 'a' && /^https?:/.test(value)) return rel.includes('external') ? { outside: true } : fault('leaves the site without rel="external"');
    if (tag !== 'a' && /^data:image\//.test(value)) return { outside: true };
    return fault('links to another origin');
  }
  const [, path, fragment] = /^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/s.exec(value);
  let folder = posix.dirname(from);
  let rest = path;
  if (path.startsWith('/')) {
    // Hosts serve 404.html at any depth, so this page alone has absolute paths, below BASE.
    if (from !== '404.html' || !path.startsWith(BASE)) return fault('is an absolute path');
    folder = '.';
    rest = path.slice(BASE.length);
  }
  if (path === '' && !fragment) return fault('has no target');
  if (path !== '' && /(^|\/)\.{0,2}$/.test(rest)) return fault('links to a directory, not to a file');
  const file = path === '' ? from : posix.join(folder, decodeURIComponent(rest));
  if (file.startsWith('../')) return fault('leaves the folder of the site');
  if (!known.has(file)) return fault(`links to ${file}, which does not exist`);
  if (fragment && !(/\.(html|svg)$/.test(file) && readPage(file).ids.has(decodeURIComponent(fragment)))) {
    return fault(`links to #${fragment}, which is not in ${file}`);
  }
  return { file, fragment };
}

// ---------------------------------------------------------------------------------------------------------------
// One page of each kind

/** The kind of page that a file of the site is. */
export function kindOf(file) {
  if (file === 'index.html') return 'home';
  if (file === '404.html') return '404';
  if (file === 'map.html') return 'map';
  if (file === 'search.html') return 'search';
  if (file.endsWith('/index.html')) return 'index';
  if (!file.endsWith('.html')) return extname(file).slice(1);
  if (['sources.html', 'corrections.html', 'print.html', 'embed.html', 'data.html'].includes(file)) return file.slice(0, -5);
  const folders = { timeline: 'year', events: 'event', actors: 'actor', places: 'place', processes: 'process', kinds: 'kind', sources: 'sources', print: 'print' };
  return folders[file.split('/').at(-2)] ?? 'text';
}

const PREFERRED = ['events/2017-11-20-putin-receives-assad-in-sochi.html', 'glossary.html'];

const isRich = (file) => {
  const { ids, noindex } = readPage(file);
  if (kindOf(file) === 'event') return ids.has('_accounts');
  return !noindex || ['404.html', 'print.html'].includes(file);
};

const KINDS = ['home', 'year', 'event', 'actor', 'place', 'process', 'kind', 'index', 'map', 'search', 'text', 'sources', 'corrections', 'print', 'data', '404'];

/** One page of each kind: a preferred one, else the largest that is rich, because most can go wrong on it. */
export const onePageOfEachKind = KINDS.map((kind) => {
  const candidates = htmlFiles.filter((file) => kindOf(file) === kind).sort((a, b) => size(b) - size(a));
  const file = PREFERRED.find((preferred) => candidates.includes(preferred)) ?? candidates.find(isRich);
  if (!file) throw new Error(`The site in ${SITE} has no page of the kind "${kind}".`);
  return { kind, file };
});

// ---------------------------------------------------------------------------------------------------------------
// A web server that does nothing for the site: no index for a directory, no redirect, no guess

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.mjs': 'text/javascript', '.json': 'application/json',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp', '.avif': 'image/avif', '.woff2': 'font/woff2',
  '.xml': 'application/xml', '.txt': 'text/plain; charset=utf-8', '.ics': 'text/calendar', '.csv': 'text/csv',
};

/** Serves the site under `prefix` on this machine's loopback address. */
export async function serve(prefix) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const file = path.startsWith(prefix) ? path.slice(prefix.length) : '';
    const found = known.has(file);
    response.writeHead(found ? 200 : 404, { 'Content-Type': found ? (TYPES[extname(file)] ?? 'application/octet-stream') : TYPES['.html'], 'X-Content-Type-Options': 'nosniff' });
    response.end(readFileSync(join(SITE, found ? file : '404.html')));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const root = `http://127.0.0.1:${server.address().port}${prefix}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return { root, address: (file) => root + file, close };
}

// ---------------------------------------------------------------------------------------------------------------
// Chromium

/** Opens every `details` of a page, so that its content is tested too. */
export const openDetails = (page) => page.locator('details').evaluateAll((all) => all.forEach((details) => { details.open = true; }));

/**
 * One Chromium for a test file, started before its tests and closed after them, and the way to each page: from disk,
 * except for 404.html, which is made for a host and is served under the path that it names.
 */
export function useBrowser() {
  let browser;
  let host;
  before(async () => {
    [browser, host] = await Promise.all([launch(SHELL), serve(BASE)]);
  });
  after(() => Promise.all([browser.close(), host.close()]));
  return {
    /** A fresh tab that closes with the test `t`. */
    async tab(t, options = {}) {
      const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
      t.after(() => context.close());
      context.setDefaultTimeout(60_000);
      return context.newPage();
    },
    address: (file) => (file === '404.html' ? host.address(file) : pathToFileURL(join(SITE, file)).href),
    /** An address two folders down that the host does not know, so that it answers with 404.html. */
    unknownAddress: () => host.address('no/such/page.html'),
  };
}
