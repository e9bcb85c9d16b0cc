// What a query asks for, and which words of a text answer it.
//
// It needs fold.js and dates.js. On the page it needs nothing.
var annalsQuery = (() => {
'use strict';
const { tokens, straight } = annalsText;
const { find, isDesignator, plain, wordsOf } = annalsDates;
const LONGEST = 500; // characters of a query that are looked for

/** The groups of a query. Each is one word with its further forms (`words`, `forms`), several words side by side
 *  (`words`), a date (`dates`, and in `all` its words) or a document (`document`, and in `all` its words). Where
 *  `isExact`, further forms do not count. The last group may be `isOpen`: the beginning of a word. */
function groupsOf(query) {
  /** @type {any[]} */
  const groups = [];
  for (const [part, quoted] of straight(query).slice(0, LONGEST).matchAll(/"([^"]*)"?|[^"]+/g)) {
    const isExact = quoted !== undefined;
    const text = isExact ? quoted : withoutNames(part, groups);
    let last = -1; // where the word before ends
    for (const { word, forms, start, end } of tokens(text)) {
      // Words that touch are of a script without spaces: they are looked for side by side.
      if (last >= (isExact ? 0 : start)) groups.at(-1).words.push(word);
      else groups.push({ words: [word], forms, isExact });
      last = end;
    }
    const group = groups.at(-1);
    const mayGoOn = () => group.document || (!group.dates && last >= text.trimEnd().length);
    if (group && !isExact) group.isOpen = mayGoOn() && /[\p{L}\p{M}\p{N}]$/u.test(query);
  }
  return groups;
}

/** Adds the documents and dates that a text names to the groups; returns the text without them. */
function withoutNames(part, groups) {
  let text = part;
  const wordsIn = (piece) => tokens(piece).map(({ word }) => word);
  const take = (start, end, group) => {
    if (group) groups.push({ words: [], ...group });
    text = text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
  };
  let designator = -1; // where a word such as resolution begins
  let behind = -1; // where a document ends
  for (const { 0: chunk, index } of part.matchAll(/\S+/g)) {
    const end = index + chunk.length;
    const document = plain(chunk).replace(/^[^a-z0-9]+|\(.*|[^a-z0-9]+$/g, '');
    const words = wordsIn(chunk);
    if (behind >= 0 && /^\(\d{4}\)/.test(chunk)) take(index, end);
    behind = -1;
    const isNamed = () => (designator < 0 ? document.includes('/') && !find(chunk)[0] : /^[\d/-]+$/.test(document));
    if (/\d/.test(document) && isNamed()) {
      take(designator < 0 ? index : designator, behind = end, { document, all: wordsIn(document) });
    }
    designator = words[1] || !isDesignator(words[0]) ? -1 : designator < 0 ? index : designator;
  }
  for (const { dates, isYear, start, end } of find(text)) {
    const typed = wordsIn(text.slice(start, end));
    const words = dates[1] ? [] : wordsOf(dates[0]);
    take(start, end, isYear ? { dates, document: typed[0], all: typed } : { dates, all: words[0] ? words : typed });
  }
  return text;
}

/** Returns the words of a text (`tokens`) that the groups of a query ask for; those of a phrase only if adjacent. */
function hits(text, groups) {
  const found = tokens(text);
  /** Whether the word at a position is in a run of these words. */
  const isInRun = (words, at) => {
    const isRunFrom = (first) => words.every((other, step) => found[first + step]?.word === other);
    return words.some((_, back) => isRunFrom(at - back));
  };
  const answers = ({ word, forms }, at, { words, forms: others = [], isExact, isOpen, all = words }) => {
    if (all[1]) return isInRun(all, at);
    const here = isExact ? [word] : [word, ...forms];
    const begins = () => all[0][1] && here.some((form) => form.startsWith(all[0]));
    return [all[0], ...others].some((other) => here.includes(other)) || (isOpen && begins());
  };
  return found.filter((token, at) => groups.some((group) => answers(token, at, group)));
}

return { LONGEST, groupsOf, hits };
})();
