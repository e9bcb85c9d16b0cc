// Real browsers, each driven through its own WebDriver: Debian's Chromium, Firefox and WebKitGTK. Where a browser is
// installed is decided only here; nothing is ever downloaded.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Builder } from 'selenium-webdriver';

const TOOLS = join(import.meta.dirname, '../../../target/tools/bin');
const WEBKIT = `/usr/lib/${{ x64: 'x86_64', arm64: 'aarch64' }[process.arch]}-linux-gnu/webkit2gtk-4.1/MiniBrowser`;
const PATIENCE = 20_000; // milliseconds: a busy machine is slow to start a browser

/** What starts each browser: its driver, the files that must be there, and what the driver is asked for. */
const BROWSERS = {
  chromium: {
    driver: (port) => ['/usr/bin/chromedriver', `--port=${port}`],
    needs: ['/usr/bin/chromedriver', '/usr/bin/chromium'],
    wants: (calm) => ({
      browserName: 'chrome',
      'goog:chromeOptions': {
        binary: '/usr/bin/chromium',
        args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', ...(calm ? ['--force-prefers-reduced-motion'] : [])],
      },
    }),
  },
  firefox: {
    driver: (port) => [join(TOOLS, 'geckodriver'), '--port', `${port}`, '--log', 'fatal'],
    needs: [join(TOOLS, 'geckodriver'), '/usr/bin/firefox-esr'],
    wants: (calm) => ({
      browserName: 'firefox',
      'moz:firefoxOptions': { binary: '/usr/bin/firefox-esr', args: ['-headless'], prefs: { 'ui.prefersReducedMotion': calm ? 1 : 0 } },
    }),
  },
  webkit: {
    // WebKitGTK has no mode without a screen.
    driver: (port) => ['xvfb-run', '-a', '-s', '-screen 0 1600x1200x24', 'WebKitWebDriver', '-p', `${port}`],
    needs: ['/usr/bin/WebKitWebDriver', '/usr/bin/xvfb-run', WEBKIT],
    wants: () => ({
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary: WEBKIT, args: ['--automation'] },
    }),
  },
};

/** Returns the first file that a browser or its driver needs and this machine lacks; `undefined` if there is none. */
export const missing = (name) => BROWSERS[name].needs.find((file) => !existsSync(file));

/** Starts a browser, with `calm` for a reader who prefers reduced motion. Returns its driver, and `quit`, which ends both. */
export async function start(name, { calm = false } = {}) {
  const { driver: command, wants } = BROWSERS[name];
  const port = await freePort();
  const [program, ...words] = command(port);
  // A group of its own, so that its display ends with it.
  const server = spawn(program, words, { stdio: 'ignore', detached: true });
  const stop = () => { try { process.kill(-server.pid); } catch { /* it has ended */ } };
  process.once('exit', stop);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  const address = `http://127.0.0.1:${port}`;
  try {
    await until(() => fetch(`${address}/status`).then((answer) => answer.ok, () => false), `${program} does not answer`);
    const driver = await new Builder().disableEnvironmentOverrides().usingServer(address).withCapabilities(wants(calm)).build();
    return { driver, quit: () => driver.quit().finally(stop) };
  } catch (error) {
    stop();
    throw error;
  }
}

/** Waits until `holds` returns a truthy value, and returns that. Throws `otherwise`, a message or a function that makes
 *  one, after PATIENCE. */
export async function until(holds, otherwise) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(50)) {
    const outcome = await holds();
    if (outcome) return outcome;
  }
  throw new Error(typeof otherwise === 'function' ? await otherwise() : otherwise);
}

export const pause = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});
