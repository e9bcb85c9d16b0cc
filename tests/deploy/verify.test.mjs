// `annals verify` against hosts that change what they are given.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { freePort, isFile, join, readFileSync, REPOSITORY, scratch, site, verify, writeFileSync } from "./lib.mjs";

const { root, output } = site();
const missing = readFileSync(join(output, "404.html"));

const TYPES = { html: "text/html", css: "text/css", js: "text/javascript", svg: "image/svg+xml", json: "application/json" };

/** Starts a host that serves the site; `change` may alter each response before it is sent. Returns its address. */
async function host(change = () => {}) {
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://127.0.0.1");
    const path = decodeURIComponent(url.pathname).slice(1) || "index.html";
    const file = join(output, path);
    const found = isFile(file);
    const sent = { path, status: found ? 200 : 404, body: found ? readFileSync(file) : missing, headers: {} };
    sent.headers["content-type"] = TYPES[path.split(".").pop()] ?? "application/octet-stream";
    if (!found) sent.headers["content-type"] = TYPES.html;
    change(sent, request);
    response.writeHead(sent.status, sent.headers);
    response.end(sent.body);
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.on("listening", resolve));
  after(() => server.close());
  return `http://127.0.0.1:${server.address().port}/`;
}

const html = (sent) => sent.path.endsWith(".html");
const notes = (verdict) => verdict.notes.filter((note) => !note.startsWith("no commit is recorded"));

test("rsync.sh copies the site, and removes what is stale", async () => {
  const [from, to] = [site(), join(scratch(), "copy")];
  mkdirSync(to);
  writeFileSync(join(to, "stale.html"), "old");
  execFileSync(join(REPOSITORY, "deploy/rsync.sh"), [to, from.output]);
  const verdict = await verify(from.root, to);
  assert.deepEqual([verdict.status, verdict.extra], [0, []], verdict.stderr);
  assert.equal(isFile(join(to, ".annals")), false);
});

test("a faithful host is verified, also by the address of index.html", async () => {
  const address = await host();
  for (const url of [address, `${address}index.html`]) {
    const verdict = await verify(root, url);
    assert.equal(verdict.status, 0, verdict.stderr);
    assert.deepEqual(notes(verdict), []);
  }
});

test("a host that gives a file the wrong type is noted", async () => {
  const verdict = await verify(root, await host((sent) => {
    if (sent.path === "index.html") sent.headers["content-type"] = "text/plain; charset=utf-8";
  }));
  assert.equal(verdict.status, 0, verdict.stderr);
  assert.deepEqual(notes(verdict), ["index.html has the type text/plain; charset=utf-8, so browsers will not use it as what it is"]);
});

test("compressed answers are compared as browsers read them", async () => {
  const verdict = await verify(root, await host((sent, request) => {
    assert.match(request.headers["accept-encoding"], /gzip/);
    sent.headers["content-encoding"] = "gzip";
    sent.body = gzipSync(sent.body);
  }));
  assert.equal(verdict.status, 0, verdict.stderr);
});

test("an answer that is compressed without saying so is found", async () => {
  const verdict = await verify(root, await host((sent) => {
    if (sent.path === "assets/annals.js") sent.body = gzipSync(sent.body);
  }));
  assert.equal(verdict.status, 1);
  assert.deepEqual(verdict.differing, [{ path: "assets/annals.js", how: "it is compressed, and the host does not say so" }]);
});

test("an injected script is found in every page", async () => {
  const verdict = await verify(root, await host((sent) => {
    if (html(sent)) sent.body = Buffer.from(sent.body.toString().replace("</head>", "<script></script></head>"));
  }));
  assert.equal(verdict.status, 1);
  assert.ok(verdict.differing.every((file) => file.path.endsWith(".html")));
  const plain = verdict.differing.find((file) => file.path === "index.html");
  assert.match(plain.how, /^17 bytes were added at line \d+$/);
});

test("changed line ends are found", async () => {
  const verdict = await verify(root, await host((sent) => {
    if (sent.path === "assets/annals.css") sent.body = Buffer.from(sent.body.toString().replaceAll("\n", "\r\n"));
  }));
  assert.deepEqual(verdict.differing, [{ path: "assets/annals.css", how: "its line ends were changed" }]);
});

test("redirects on the host are followed and noted", async () => {
  const verdict = await verify(root, await host((sent, request) => {
    if (request.url.endsWith(".html") && !request.url.includes("no-such")) {
      sent.status = 308;
      sent.headers.location = request.url.replace(/\.html$/, "");
      sent.body = "";
    } else if (isFile(join(output, `${sent.path}.html`))) {
      sent.headers["content-type"] = TYPES.html;
      [sent.status, sent.body] = [200, readFileSync(join(output, `${sent.path}.html`))];
    }
  }));
  assert.equal(verdict.status, 0, JSON.stringify(verdict));
  assert.match(notes(verdict)[0], /^\d+ files are reached by redirects, for example \S+\.html at http:/);
});

test("a redirect to another host is a difference", async () => {
  const elsewhere = (await host()).replace("127.0.0.1", "localhost");
  const verdict = await verify(root, await host((sent) => {
    if (sent.path === "search.html") [sent.status, sent.headers.location] = [302, `${elsewhere}search.html`];
  }));
  assert.equal(verdict.status, 1);
  assert.deepEqual(verdict.differing, [{ path: "search.html", how: `the host redirects to ${elsewhere}search.html` }]);
});

test("a missing file is missing, whatever status its page has", async () => {
  for (const status of [404, 410, 200]) {
    const verdict = await verify(root, await host((sent) => {
      if (sent.path === "map.html") [sent.status, sent.body] = [status, missing];
    }));
    assert.equal(verdict.status, 1);
    assert.deepEqual([verdict.missing, verdict.differing], [["map.html"], []]);
  }
});

test("a host that answers every missing page with the home page is noted", async () => {
  const verdict = await verify(root, await host((sent) => {
    if (sent.status === 404) [sent.status, sent.body] = [200, readFileSync(join(output, "index.html"))];
  }));
  assert.equal(verdict.status, 0);
  assert.deepEqual(notes(verdict), ["a missing page has the status 200 instead of 404", "a missing page does not show 404.html"]);
});

test("an empty file and a refused one are found", async () => {
  const verdict = await verify(root, await host((sent) => {
    if (sent.path === "build.json") return;
    if (sent.path === "map.html") sent.body = "";
    if (sent.path === "search.html") sent.status = 403;
  }));
  assert.deepEqual(verdict.differing, [
    { path: "map.html", how: "it is empty" },
    { path: "search.html", how: "the host answers with status 403" },
  ]);
});

test("a file that only the host's sums list is extra", async () => {
  const verdict = await verify(root, await host((sent) => {
    if (sent.path === "SHA256SUMS") sent.body = Buffer.concat([sent.body, Buffer.from(`${"0".repeat(64)}  secret.html\n`)]);
  }));
  assert.equal(verdict.status, 1);
  assert.deepEqual(verdict.extra, ["secret.html"]);
});

test("files that a host reads and does not serve are noted", async () => {
  const { root, output: own } = site({ "static/_headers": "/*\n  X-A: b\n" });
  const verdict = await verify(root, await host((sent) => {
    sent.body = sent.path === "_headers" ? missing : isFile(join(own, sent.path)) ? readFileSync(join(own, sent.path)) : missing;
    sent.status = sent.path !== "_headers" && isFile(join(own, sent.path)) ? 200 : 404;
  }));
  assert.equal(verdict.status, 0, JSON.stringify(verdict));
  assert.deepEqual(notes(verdict), ["the host reads _headers and does not serve it, so it was not compared"]);
});

test("a host without build.json and one that is not there have different exit statuses", async () => {
  const none = await verify(root, await host((sent) => { if (sent.path === "build.json") sent.status = 404; }));
  assert.deepEqual([none.status, /has no build\.json/.test(none.stderr)], [2, true]);
  const page = await verify(root, await host((sent) => { if (sent.path === "build.json") sent.body = missing; }));
  assert.deepEqual([page.status, /is not one that annals wrote/.test(page.stderr)], [2, true]);
  const gone = await verify(root, `http://127.0.0.1:${await freePort()}/`);
  assert.equal(gone.status, 3);
});
