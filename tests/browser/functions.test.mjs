// No function of a script has more than 70 lines, the limit of ARCHITECTURE.md. A function around a whole file does not count.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';

const MOST = 70;
const root = resolve(import.meta.dirname, '../..');
const scripts = ['scripts', 'src/serve'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true })
  .filter((file) => file.endsWith('.js')).map((file) => join(folder, file)));

const isWrapper = (node) => ts.isParenthesizedExpression(node.parent) && ts.isCallExpression(node.parent.parent)
  && !ts.findAncestor(node.parent, ts.isFunctionLike);

/** The functions in a text, each with its number of lines. */
function functionsIn(text) {
  const source = ts.createSourceFile('script.js', text, ts.ScriptTarget.Latest, true);
  const line = (position) => source.getLineAndCharacterOfPosition(position).line + 1;
  const found = [];
  const visit = (node) => {
    if (ts.isFunctionLike(node) && !isWrapper(node)) found.push({ at: line(node.getStart()), lines: line(node.end) - line(node.getStart()) + 1 });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test('functions are found inside what wraps a file', () => {
  assert.deepEqual(functionsIn('(() => {\nconst f = () => {\n  g(() => 1);\n};\n})();'), [{ at: 2, lines: 3 }, { at: 3, lines: 1 }]);
});

test('no function has more than 70 lines', () => {
  assert.ok(scripts.length > 10, `only ${scripts.length} scripts`);
  const long = scripts.flatMap((script) => functionsIn(readFileSync(join(root, script), 'utf8'))
    .filter(({ lines }) => lines > MOST).map(({ at, lines }) => `${script}:${at} has ${lines} lines`));
  assert.deepEqual(long, []);
});
