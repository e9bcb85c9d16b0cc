// What a reader does in a browser, as functions that are the same for all browsers.

import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { By, Key } from 'selenium-webdriver';
import { SITE, serve } from '../lib.mjs';
import { pause, start, until } from './drivers.mjs';

export { Key, pause, until };

/** The ways to a site: from disk, and from a host under a sub-path. */
export const ADDRESSES = {
  'from disk': async () => ({ address: (file) => pathToFileURL(SITE).href + `/${file}`, close() {} }),
  'over HTTP': () => serve('/a/sub/path/'),
};

/** Starts a browser and returns what a reader can do in it; `quit` ends it. */
export async function reader(name, options) {
  const { driver, quit } = await start(name, options);
  const run = (script, ...values) => driver.executeScript(script, ...values);
  const find = (selector) => driver.findElement(By.css(selector));
  const press = (...keys) => keys.reduce((actions, key) => actions.sendKeys(key), driver.actions()).perform();
  return {
    driver,
    quit,
    run,
    find,
    press,
    pause,
    open: (address) => driver.get(address),
    back: () => driver.navigate().back(),
    address: () => driver.getCurrentUrl(),
    resize: (width, height) => driver.manage().window().setRect({ width, height }),
    /** Scrolls an element to the middle of the window, without animation, and clicks it. */
    async click(selector) {
      await run((selector) => document.querySelector(selector).scrollIntoView({ block: 'center', behavior: 'instant' }), selector);
      await (await find(selector)).click();
    },
    type: async (selector, text) => (await find(selector)).sendKeys(text),
    focus: (selector) => run((selector) => document.querySelector(selector).focus(), selector),
    /** The texts of all elements that are shown. */
    texts: (selector) => run((selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility()).map((element) => element.textContent.trim()), selector),
    /** Waits until a function returns a truthy value in the page. */
    sees: (question, ...values) => until(() => run(question, ...values).catch(() => false), () => `never: ${question} (${values})`),
    /** Waits until the page has stopped scrolling, and returns how far down it is, in pixels. */
    async rest() {
      let last = -1;
      for (let still = 0; still < 4; await pause(50)) {
        const top = await run(() => Math.round(scrollY));
        still = top === last ? still + 1 : 0;
        last = top;
      }
      return last;
    },
    /** Draws with the mouse from one place in an element to another, as shares of its size. */
    async drag(selector, [fromX, fromY], [toX, toY]) {
      const { x, y, width, height } = await run((selector) => {
        const element = document.querySelector(selector);
        element.scrollIntoView({ block: 'center', behavior: 'instant' });
        return element.getBoundingClientRect().toJSON();
      }, selector);
      const at = (shareX, shareY) => ({ x: Math.round(x + width * shareX), y: Math.round(y + height * shareY), origin: 'viewport', duration: 100 });
      await driver.actions().move(at(fromX, fromY)).press().move(at((fromX + toX) / 2, (fromY + toY) / 2)).move(at(toX, toY)).release().perform();
    },
    /** Prints the page on A4 and returns its text, as `pdftotext` reads it. */
    async paper(...options) {
      const pdf = await driver.printPage({ width: 21, height: 29.7 });
      return execFileSync('pdftotext', [...options, '-', '-'], { input: Buffer.from(pdf, 'base64'), maxBuffer: 64 << 20 }).toString();
    },
  };
}
