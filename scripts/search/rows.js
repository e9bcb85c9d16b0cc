// What results and suggestions show of a page: title, facts and excerpt, from the index.
//
// It needs index.js and query.js. On the page it needs nothing.
var annalsRows = (() => {
'use strict';
const EXCERPT = 220; // characters
const { make } = annals;
const { hits } = annalsQuery;

/** A text with the words that were asked for marked. */
function marked(text, groups) {
  const pieces = [];
  let position = 0;
  for (const { start, end } of hits(text, groups)) {
    if (start >= position) pieces.push(text.slice(position, start), make('mark', '', text.slice(start, end)));
    position = end;
  }
  return [...pieces, text.slice(position)];
}

/** Returns the value of a page in a family of files: `titles` or `texts`. */
const read = async (family, { index }, page) =>
  (await annalsIndex.file(family, Math.floor(page / index[family])))[page % index[family]];

/** Returns the address of a page, its title with marked words, and its date and kind as elements. */
async function about(answer, page) {
  const [url, name, date] = await read('titles', answer, page);
  const [id, kind, family] = answer.index.facets[page].kind;
  const glyph = family ? [make('span', `glyph glyph-${id}`)] : [];
  const known = [make('bdi', `kind family-${family}`, ...glyph, kind)];
  if (date) known.unshift(make('bdi', '', date));
  return { href: annals.root + url, title: marked(name, answer.groups), known };
}

/** The line that has most of the words that were asked for, cut around the first, and the anchor of its paragraph. */
async function excerpt(answer, page) {
  const { groups } = answer;
  let part = 0; // the number of the paragraph
  const lines = (await read('texts', answer, page)).split('\n').map((line) => {
    // A line with a tab continues a paragraph. From the form feed on, lines have no anchor.
    part += line[0] === '\f' ? NaN : Number(line[0] !== '\t');
    const found = hits(line, groups);
    const { size } = new Set(found.map(({ word }) => word));
    // Of two lines with the same words, one that can be linked to.
    return { line, part, at: found[0]?.start ?? 0, rank: size && part > 0 ? size + 0.5 : size };
  });
  const best = lines.reduce((one, other) => (other.rank > one.rank ? other : one));
  const { line, at } = best;
  const start = at < EXCERPT * 0.7 ? 0 : at - 60 + line.slice(at - 60, at).indexOf(' ') + 1;
  const rest = line.slice(start);
  const space = rest.lastIndexOf(' ', EXCERPT);
  const end = rest.length <= EXCERPT || start + space <= at ? EXCERPT : space;
  const words = [start ? '… ' : '', ...marked(rest.slice(0, end), groups), end < rest.length ? ' …' : ''];
  return { words, anchor: best.part > 0 ? `#_p${best.part}` : '' };
}

return { about, excerpt, read };
})();
