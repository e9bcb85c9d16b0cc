// The site works under a sub-path of a host, and a reader who starts at home can reach all of it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parse } from 'parse5';
import { destination, htmlFiles, readPage, serve } from './lib.mjs';

let server;
before(async () => {
  server = await serve('/a/sub/path/');
});
after(() => server.close());
