// The live preview: reloads the page when the site has changed, and shows what is wrong over it.
"use strict";
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const version = script.dataset.version;
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

  stream.addEventListener("state", (event) => {
    const state = JSON.parse(event.data);
    if (String(state.version) !== version) {
      location.reload();
      return;
    }
    show(state.report);
  });
  addEventListener("beforeunload", () => stream.close());
})();
