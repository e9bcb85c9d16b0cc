// A small site that has something of everything, built once, and servers for it on the loopback interface.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
export const ANNALS = process.env.ANNALS ?? join(REPOSITORY, "target/release/annals");

/** A temporary folder that is removed when the process ends. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), "annals-deploy-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Builds the golden site, with more files by their paths, into a folder of its own. */
export function site(files = {}) {
  const root = join(scratch(), "site");
  cpSync(join(REPOSITORY, "tests/golden/forms/site"), root, { recursive: true });
  mkdirSync(join(root, "static"), { recursive: true });
  writeFileSync(join(root, "static/a name with spaces & ümlauts.txt"), "text\n");
  writeFileSync(join(root, "static/list.csv"), "a,b\n");
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
  execFileSync(ANNALS, ["--root", root, "build"], { stdio: "pipe" });
  return { root, output: join(root, "public") };
}

/** Runs `annals verify` on the copy of a site at an address. Returns its exit status, standard error and JSON report. */
export async function verify(root, address) {
  const child = spawn(ANNALS, ["--root", root, "verify", address, "--format", "json"]);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text) => (stdout += text));
  child.stderr.on("data", (text) => (stderr += text));
  const status = await new Promise((resolve) => child.on("close", resolve));
  return { status, stderr, ...(stdout ? JSON.parse(stdout) : {}) };
}

/** A port that nothing listens on. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.on("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a server, with `more` in its environment, and waits until it answers at an address. Returns a function that stops
 *  it. */
export async function start(program, args, more, address) {
  // Debian installs nginx in /usr/sbin, which is only in the superuser's PATH.
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin`, ...more };
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env });
  let said = "";
  child.stdout.on("data", (text) => (said += text));
  child.stderr.on("data", (text) => (said += text));
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) break;
    try {
      await fetch(address);
      return () => new Promise((resolve) => { child.on("close", resolve); child.kill(); });
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  child.kill();
  assert.fail(`${program} does not answer:\n${said}`);
}

/** Starts nginx with one of the files of deploy/, in which only the port and the folder are replaced. */
export async function nginx(file, served) {
  const [folder, port] = [scratch(), await freePort()];
  const config = readFileSync(join(REPOSITORY, "deploy", file), "utf8")
    .replace("listen 80;", `listen 127.0.0.1:${port};`)
    .replaceAll("/srv/www/timeline", served);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`);
  const whole = `pid ${folder}/pid; error_log stderr; ${process.getuid() === 0 ? "user root;" : ""}
    events {} http { access_log off; ${temporary.join(" ")}\n${config}\n}`;
  writeFileSync(join(folder, "nginx.conf"), whole);
  const stop = await start("nginx", ["-c", join(folder, "nginx.conf"), "-p", folder, "-g", "daemon off;"], {}, `http://127.0.0.1:${port}/`);
  return { origin: `http://127.0.0.1:${port}`, stop };
}

/** Starts Caddy with one of the files of deploy/, in which only the address and the folder are replaced. */
export async function caddy(file, served) {
  const [folder, port] = [scratch(), await freePort()];
  const config = readFileSync(join(REPOSITORY, "deploy", file), "utf8")
    .replace("example.org {", `http://127.0.0.1:${port} {`)
    .replaceAll("/srv/www/timeline", served);
  writeFileSync(join(folder, "Caddyfile"), `{\n\tadmin off\n}\n${config}`);
  const homes = { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const run = ["run", "--config", join(folder, "Caddyfile"), "--adapter", "caddyfile"];
  const stop = await start("caddy", run, homes, `http://127.0.0.1:${port}/`);
  return { origin: `http://127.0.0.1:${port}`, stop };
}

/** Whether there is a file at a path. */
export function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

export { join, readFileSync, writeFileSync };
