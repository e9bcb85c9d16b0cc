// A small site in a preview: `annals serve` in a folder of its own.
//
// ANNALS is the program.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The text of the site's event. `more` is front matter. */
export const entry = (body, more = '') => `+++\ntitle = "Talks"\ndate = 2017-11-20\nkind = "meeting"\n${more}+++\n${body}\n`;

/** A text that is longer than any window. */
export const paragraphs = (first) => `${first}\n${'\nThey met in Geneva.\n'.repeat(60)}`;

/** Serves a site of one event. Returns its address, which ends in `/`; `write`, which saves a file of the site; and `close`, which
 *  ends the preview and deletes the site. */
export async function servePreview() {
  const site = mkdtempSync(join(tmpdir(), 'annals-preview-'));
  const write = (path, text) => {
    mkdirSync(dirname(join(site, path)), { recursive: true });
    writeFileSync(join(site, path), text);
  };
  write('site.toml', 'title = "Preview"\n');
  write('content/events/talks.md', entry('They met.'));
  const server = spawn(process.env.ANNALS ?? '../../target/release/annals', ['serve', '--root', site, '--port', '0']);
  const address = await new Promise((found, failed) => {
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
  const close = () => {
    server.kill();
    rmSync(site, { recursive: true });
  };
  return { address, write, close };
}
