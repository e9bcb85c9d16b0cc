// Pictures of a built site at several widths in both colour schemes: PAGES and WIDTHS, separated by commas, into OUT.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { BROWSER, launch } from "./chromium.mjs";

const { SITE, OUT, PAGES, WIDTHS } = process.env;
if (!SITE || !OUT || !PAGES || !WIDTHS) {
  console.error("SITE, OUT, PAGES and WIDTHS must be set: see cargo xtask screenshots");
  process.exit(2);
}
const browser = await launch(BROWSER);
mkdirSync(OUT, { recursive: true });
for (const colorScheme of ["light", "dark"]) {
  for (const width of WIDTHS.split(",").map(Number)) {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 1400 } });
    for (const file of PAGES.split(",")) {
      await page.goto(pathToFileURL(path.join(SITE, file)).href);
      const name = `${file.replaceAll("/", "-").replace(".html", "")}-${width}-${colorScheme}.png`;
      await page.screenshot({ path: path.join(OUT, name) });
    }
    await page.close();
  }
}
await browser.close();
