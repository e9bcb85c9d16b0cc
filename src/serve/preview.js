// The live preview: reloads the page when the site has changed, and shows what is wrong over it.
"use strict";
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  let version = Number(script.dataset.version);
  const stream = new EventSource("/.annals/events");

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

  /** Loads the site's style sheets again. The old one applies until the new one is there, so nothing flickers. */
  const restyle = () => {
    for (const link of /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll("link[rel=stylesheet]"))) {
      const address = new URL(link.href);
      if (address.origin !== location.origin || address.pathname.startsWith("/.annals/")) continue;
      address.searchParams.set("version", String(version));
      const fresh = /** @type {HTMLLinkElement} */ (link.cloneNode());
      fresh.href = address.href;
      fresh.addEventListener("load", () => link.remove());
      link.after(fresh);
    }
  };

  stream.addEventListener("state", (event) => {
    const state = JSON.parse(event.data);
    if (state.version !== version) {
      if (version < state.sameButStyles) {
        location.reload();
        return;
      }
      version = state.version;
      restyle();
    }
    show(state.report);
  });
  addEventListener("beforeunload", () => stream.close());
})();
