// nginx and Caddy with the files of deploy/, at the root of a domain and under a path.

import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { get } from "node:http";
import { after, before, describe, test } from "node:test";
import { caddy, join, nginx, readFileSync, scratch, site, verify, writeFileSync } from "./lib.mjs";

const { root, output } = site();

/** Requests an address and returns the raw response: fetch() would decompress the body and follow redirects. */
function answer(address, headers = {}) {
  return new Promise((resolve, reject) => {
    get(address, { headers, agent: false }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
    }).on("error", reject);
  });
}

const SERVERS = [
  ["nginx", nginx, "nginx.conf", "/"],
  ["nginx under a path", nginx, "nginx-path.conf", "/a/b/"],
  ["Caddy", caddy, "Caddyfile", "/"],
  ["Caddy under a path", caddy, "Caddyfile-path", "/a/b/"],
];

for (const [name, serve, file, path] of SERVERS) {
  describe(name, () => {
    // A copy, because the test damages it.
    const served = join(scratch(), "timeline");
    let origin, stop;
    const at = (inside) => `${origin}${path}${inside}`;

    before(async () => {
      cpSync(output, served, { recursive: true });
      ({ origin, stop } = await serve(file, served));
    });
    after(() => stop?.());

    test("the copy is the same as a fresh build", async () => {
      const verdict = await verify(root, at(""));
      assert.deepEqual([verdict.status, verdict.differing, verdict.missing, verdict.extra], [0, [], [], []], verdict.stderr);
      assert.deepEqual(verdict.notes.filter((note) => !note.startsWith("no commit is recorded")), []);
    });

    test("files have their types", async () => {
      const types = {
        "": /^text\/html; charset=utf-8$/i,
        "index.html": /^text\/html; charset=utf-8$/i,
        "assets/annals.css": /^text\/css; charset=utf-8$/i,
        "assets/annals.js": /^(text|application)\/javascript; charset=utf-8$/i,
        "assets/icon.svg": /^image\/svg\+xml/,
        "build.json": /^application\/json/,
        "feeds/atom.xml": /^(text|application)\/xml/,
        "list.csv": /^text\/csv; charset=utf-8$/i,
        "data/events.json": /^application\/json/,
        "data/events.geojson": /^application\/geo\+json/,
        "data/events.jsonld": /^application\/ld\+json/,
        "data/events.ndjson": /^application\/x-ndjson/,
        "data/events.csv": /^text\/csv; charset=utf-8$/i,
        "data/sources.bib": /^text\/x-bibtex; charset=utf-8$/i,
        "data/meetings.gexf": /^application\/xml/,
        "calendar.ics": /^text\/calendar; charset=utf-8$/i,
      };
      for (const [inside, type] of Object.entries(types)) {
        const { status, headers } = await answer(at(inside));
        assert.equal(status, 200, inside);
        assert.match(headers["content-type"], type, inside);
      }
    });

    test("headers protect pages, and embed.html may be framed", async () => {
      const page = readFileSync(join(output, "index.html"), "utf8");
      const policy = page.match(/http-equiv="Content-Security-Policy" content="([^"]*)"/)[1];
      for (const inside of ["", "index.html", "assets/icon.svg", "no-such-page.html", "events/embed.html"]) {
        const { headers } = await answer(at(inside));
        assert.equal(headers["content-security-policy"], `${policy}; frame-ancestors 'none'`, inside);
        assert.equal(headers["x-content-type-options"], "nosniff", inside);
        assert.equal(headers["referrer-policy"], "no-referrer", inside);
        assert.equal(headers["cross-origin-opener-policy"], "same-origin", inside);
        assert.equal(headers["permissions-policy"], "camera=(), geolocation=(), microphone=()", inside);
      }
      const embed = await answer(at("embed.html"));
      assert.equal(embed.status, 200);
      assert.equal(embed.headers["content-security-policy"], undefined);
      assert.equal(embed.headers["x-content-type-options"], "nosniff");
      assert.ok(embed.body.includes(`content="${policy}"`), "it has the policy of the pages itself");
      for (const inside of ["embed.html", "assets/embed.js", "assets/embed.css", "embed/all.js"]) {
        const { status, headers } = await answer(at(inside));
        assert.equal(status, 200, inside);
        assert.equal(headers["x-frame-options"], undefined, inside);
        assert.equal(headers["cross-origin-resource-policy"], undefined, inside);
      }
    });

    test("pages ask for the typeface at once, and embed.html, which has none, does not", async () => {
      const font = `${path}assets/fonts/annals-serif.woff2`;
      assert.ok(readFileSync(join(output, "assets/annals.css"), "utf8").includes("fonts/annals-serif.woff2"));
      assert.equal((await answer(`${origin}${font}`)).status, 200);
      for (const inside of ["", "index.html", "actors/", "about.html", "no-such-page.html"]) {
        const { headers } = await answer(at(inside));
        assert.equal(headers.link, `<${font}>; rel=preload; as=font; type=font/woff2; crossorigin`, inside);
      }
      for (const inside of ["embed.html", "assets/annals.css", "data/events.json"]) {
        assert.equal((await answer(at(inside))).headers.link, undefined, inside);
      }
    });

    test("other sites may read the data, and nothing else", async () => {
      assert.equal((await answer(at("data/events.json"))).headers["access-control-allow-origin"], "*");
      assert.equal((await answer(at("feeds/atom.xml"))).headers["access-control-allow-origin"], "*");
      assert.equal((await answer(at("index.html"))).headers["access-control-allow-origin"], undefined);
    });

    test("a missing page shows 404.html with the status 404", async () => {
      for (const inside of ["no-such-page.html", "events/no-such-event.html", "no/such/folder/"]) {
        const { status, body } = await answer(at(inside));
        assert.equal(status, 404, inside);
        assert.ok(body.equals(readFileSync(join(output, "404.html"))), inside);
      }
    });

    test("text is compressed, pictures are not", async () => {
      const compressed = { "accept-encoding": "gzip" };
      for (const inside of ["index.html", "assets/annals.css", "assets/annals.js", "data/events.json", "data/events.csv", "feeds/atom.xml"]) {
        assert.equal((await answer(at(inside), compressed)).headers["content-encoding"], "gzip", inside);
        assert.equal((await answer(at(inside))).headers["content-encoding"], undefined, inside);
      }
      const picture = (readFileSync(join(output, "SHA256SUMS"), "utf8").match(/  (.*\.(webp|jpg|png|woff2))\n/) ?? [])[1];
      assert.ok(picture, "the site has a picture or a typeface");
      assert.equal((await answer(at(picture), compressed)).headers["content-encoding"], undefined);
    });

    test("browsers ask whether a file is still the same", async () => {
      for (const inside of ["index.html", "assets/annals.css", "search.html"]) {
        const { headers } = await answer(at(inside));
        assert.equal(headers["cache-control"], "no-cache", inside);
        const again = await answer(at(inside), { "if-none-match": headers.etag });
        assert.equal(again.status, 304, inside);
      }
      const font = readFileSync(join(output, "SHA256SUMS"), "utf8").match(/  (assets\/fonts\/.*\.woff2)\n/)[1];
      assert.equal((await answer(at(font))).headers["cache-control"], "max-age=604800");
    });

    if (path !== "/") {
      test("the path without its slash redirects", async () => {
        const { status, headers } = await answer(`${origin}${path.slice(0, -1)}`);
        assert.ok([301, 302, 308].includes(status), `${status}`);
        assert.equal(new URL(headers.location, origin).pathname, path);
      });
    }

    test("a damaged copy is found", async () => {
      const page = join(served, "index.html");
      const text = readFileSync(page, "utf8");
      writeFileSync(page, text.replace("</body>", "<script src=//example.org/x.js></script></body>"));
      const verdict = await verify(root, at(""));
      writeFileSync(page, text);
      assert.equal(verdict.status, 1);
      assert.deepEqual(verdict.differing.map((file) => file.path), ["index.html"]);
      assert.match(verdict.differing[0].how, /^40 bytes were added at line \d+$/);
    });
  });
}
