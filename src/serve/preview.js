// The live preview: updates the page when the site has changed, and shows the report over it.
"use strict";
{
  /** How often a page is written over itself before it is loaded again, so that nothing piles up in the browser. */
  const MOST = 50;
  /** The default size of a browser's resource timing buffer: a list of this length may be incomplete. */
  const LISTED = 250;
  /** This script in a page, with the version of the page. */
  const SELF = /<script src="\/\.annals\/preview\.js" data-version="(\d+)" defer><\/script>/;

  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const own = [script.src, new URL("/assets/annals.js", location.href).href];
  let version = Number(script.dataset.version);
  let newest = { version, sameButStyles: 0, sameAssets: 0, report: "" };
  let isFollowing = false;
  /** The addresses that style sheets got when they were loaded again, by those in the page. */
  const sheets = new Map();
  let rewritten = 0;
  /**
   * How far right and down the author is, in pixels, while a rewritten page loads, and how far it could be scrolled: until it has
   * loaded it may be too short.
   *
   * @type {{ wanted: [number, number], reached: [number, number] } | undefined}
   */
  let place;
  const stream = new EventSource("/.annals/events");
  const leave = () => stream.close();
  const reload = () => location.reload();

  /** @param {string} report */
  const show = (report) => {
    document.getElementById("_annals-report")?.remove();
    if (!report) return;
    const overlay = document.createElement("aside");
    overlay.id = "_annals-report";
    overlay.setAttribute("role", "alert");
    const heading = document.createElement("h2");
    heading.textContent = "annals: the content has problems";
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Hide";
    close.addEventListener("click", () => overlay.remove());
    const text = document.createElement("pre");
    text.textContent = report;
    overlay.append(heading, close, text);
    document.body.append(overlay);
  };

  /** The links to the site's style sheets. */
  const links = () => {
    const all = /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll("link[rel=stylesheet]"));
    return [...all].filter(({ href }) => href.startsWith(location.origin) && !href.includes("/.annals/"));
  };

  /** Copies of the style sheets, for a rewritten page, which would have no style until it has loaded its own. */
  const keep = () => Promise.all(links().map(async ({ href, media }) => {
    const text = await (await fetch(href)).text();
    const absolute = (_, /** @type {string} */ start, /** @type {string} */ address) => start + new URL(address, href);
    return new CSSStyleSheet({ media }).replace(text.replace(/(url\(["']?)(?!data:|#)([^"')]+)/g, absolute));
  })).catch(() => []);
  let kept = keep();

  /** Loads the style sheets again. The old one applies until the new one is there, so nothing flickers. */
  const restyle = () => {
    for (const link of links()) {
      const address = new URL(link.href);
      const [written] = [...sheets].find(([, href]) => href === link.href) ?? [link.getAttribute("href")];
      address.searchParams.set("version", String(version));
      sheets.set(written, address.href);
      const fresh = /** @type {HTMLLinkElement} */ (link.cloneNode());
      fresh.href = address.href;
      fresh.addEventListener("load", () => link.remove());
      link.after(fresh);
    }
    kept = keep();
  };

  /** Whether the page has run nothing but annals' own script, which may run again. */
  const isPlain = () => {
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    const isOwn = (/** @type {string} */ address) => own.includes(address);
    return loaded.length < LISTED
      && loaded.filter((address) => new URL(address).pathname.endsWith(".js")).every(isOwn)
      && [...document.scripts].every(({ src, type }) => (src ? isOwn(src) : type === "application/ld+json"));
  };

  /** Whether the author has not scrolled since. */
  const isAt = (/** @type {[number, number]} */ [right, down]) => scrollX === right && scrollY === down;

  /**
   * Writes the new page over this one: a reload without leaving the page, which is several times as fast and keeps the
   * author's place. Pictures must be the same, because the browser does not ask for them again.
   */
  const rewrite = async () => {
    const answer = await fetch(location.href);
    const [html, styles] = await Promise.all([answer.text(), kept]);
    const [self, of] = SELF.exec(html) ?? [];
    if (!answer.ok || !self || rewritten === MOST) throw new Error("only a reload can show this page");
    rewritten += 1;
    version = Number(of);
    /** @type {[number, number]} */
    const wanted = place && isAt(place.reached) ? place.wanted : [scrollX, scrollY];
    document.open();
    document.adoptedStyleSheets = styles;
    // `document.open` removed the listeners of the old page.
    addEventListener("beforeunload", leave);
    addEventListener("error", reload);
    addEventListener("load", () => {
      removeEventListener("error", reload);
      document.adoptedStyleSheets = [];
      if (place && isAt(place.reached)) scrollTo(...wanted);
      place = undefined;
    });
    const renewed = (/** @type {string} */ html, /** @type {[string, string]} */ [written, href]) =>
      html.replaceAll(`href="${written}"`, `href="${href}"`);
    document.write([...sheets].reduce(renewed, html.replace(self, "")));
    document.close();
    scrollTo(...wanted);
    place = { wanted, reached: [scrollX, scrollY] };
  };

  /** Brings the page to the newest state. */
  const follow = async () => {
    while (version < newest.version) {
      if (version >= newest.sameButStyles) {
        const isStyled = version >= newest.sameAssets;
        version = newest.version;
        if (!isStyled) restyle();
      } else if (version >= newest.sameAssets && isPlain()) {
        await rewrite();
      } else {
        throw new Error("only a reload can show this state");
      }
    }
    show(newest.report);
  };

  stream.addEventListener("state", (event) => {
    newest = JSON.parse(event.data);
    if (isFollowing) return;
    isFollowing = true;
    follow().then(() => { isFollowing = false; }, reload);
  });
  addEventListener("beforeunload", leave);
}
