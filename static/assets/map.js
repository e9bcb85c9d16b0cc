// The map: nearer, farther, about, and a card for the place under the pointer. The map is whole without this.
(() => {
  "use strict";
  /** @param {number} value @param {number} least @param {number} most */
  const clamp = (value, least, most) => Math.min(most, Math.max(least, value));

  /** @param {SVGSVGElement} main @param {() => void} changed */
  const zoomable = (main, changed) => {
    const sheet = /** @type {SVGSVGElement} */ (main.ownerSVGElement), { width, height } = main.viewBox.baseVal;
    let k = 1, x = 0, y = 0;
    const unit = () => sheet.viewBox.baseVal.width / sheet.getBoundingClientRect().width;
    /** @param {number} left @param {number} top */
    const show = (left, top) => {
      x = clamp(left, 0, width - width / k);
      y = clamp(top, 0, height - height / k);
      main.setAttribute("viewBox", `${x} ${y} ${width / k} ${height / k}`);
      main.style.setProperty("--shrink", `${1 / k}`);
      sheet.toggleAttribute("data-near", k >= 2.5);
      sheet.toggleAttribute("data-zoomed", k > 1);
      changed();
    };
    return {
      sheet,
      zoomed: () => k > 1,
      /** Around a point of the screen or the middle. @param {number} by @param {MouseEvent} [at] */
      zoom(by, at) {
        const box = sheet.getBoundingClientRect(), before = k;
        const px = at ? (at.clientX - box.left) * unit() : width / 2;
        const py = at ? (at.clientY - box.top) * unit() : height / 2;
        k = clamp(k * by, 1, 6);
        show(x + px / before - px / k, y + py / before - py / k);
      },
      /** @param {number} dx @param {number} dy */
      move: (dx, dy) => show(x + dx * unit() / k, y + dy * unit() / k),
    };
  };

  for (const field of document.querySelectorAll(".map-field")) {
    const card = document.createElement("p");
    card.className = "map-card";
    card.ariaHidden = "true";
    field.append(card);
    /** @param {EventTarget | null} [target] */
    const tell = (target) => {
      const spot = target instanceof Element ? target.closest(".spot") : null;
      const at = spot?.querySelector(".dot")?.getBoundingClientRect(), box = field.getBoundingClientRect();
      card.hidden = !at;
      if (!spot || !at) return;
      card.textContent = spot.ariaLabel;
      const left = at.left + at.width / 2 - box.left - card.offsetWidth / 2;
      card.style.left = `${clamp(left, 0, box.width - card.offsetWidth)}px`;
      card.style.top = `${at.bottom - box.top + 6}px`;
    };
    const hide = () => tell();
    hide();
    for (const title of field.querySelectorAll(".spot > title")) title.remove();
    const mains = /** @type {NodeListOf<SVGSVGElement>} */ (field.querySelectorAll(".map-main"));
    const maps = [...mains].map((main) => zoomable(main, hide));
    for (const { sheet, zoom, move, zoomed } of maps) {
      /** @type {MouseEvent | undefined} */
      let held;
      let dragged = false;
      sheet.tabIndex = 0;
      sheet.onpointerdown = (event) => {
        dragged = false;
        held = event.isPrimary && !event.button && zoomed() ? event : undefined;
      };
      sheet.onpointermove = (event) => {
        if (!held || (!dragged && Math.hypot(event.clientX - held.clientX, event.clientY - held.clientY) < 4)) return;
        dragged = true;
        sheet.setPointerCapture(event.pointerId);
        move(held.clientX - event.clientX, held.clientY - event.clientY);
        held = event;
      };
      sheet.onpointerup = sheet.onpointercancel = () => (held = undefined);
      sheet.ondragstart = () => false;
      sheet.onclick = () => !dragged;
      sheet.onwheel = (event) => {
        if (!event.ctrlKey && !sheet.contains(document.activeElement)) return true;
        zoom(2 ** (-event.deltaY / 240), event);
        return false;
      };
      sheet.onkeydown = ({ key, ctrlKey, metaKey, altKey }) => {
        if (ctrlKey || metaKey || altKey) return true;
        const by = { "+": 1.6, "=": 1.6, "-": 0.625, "0": 0 }[key];
        if (by !== undefined) zoom(by);
        if (key === "Escape") hide();
        const dx = { ArrowLeft: -90, ArrowRight: 90 }[key] ?? 0, dy = { ArrowUp: -90, ArrowDown: 90 }[key] ?? 0;
        const moves = zoomed() && (dx || dy);
        if (moves) move(dx, dy);
        return !moves;
      };
      sheet.onpointerover = ({ target }) => tell(target);
      sheet.onpointerleave = hide;
      sheet.addEventListener("focusin", ({ target }) => {
        // Who comes by keyboard must see where.
        if (target !== sheet && sheet.querySelector(":focus-visible")) zoom(0);
        tell(target);
      });
      sheet.addEventListener("focusout", hide);
    }
    const seen = () => maps.find(({ sheet }) => sheet.getClientRects().length);
    for (const button of field.querySelectorAll("button")) button.onclick = () => seen()?.zoom(+button.value);
    // #place-<id> is a row of the list; the map shows the place too.
    const asked = CSS.escape(decodeURIComponent(location.hash).slice(7));
    for (const spot of field.querySelectorAll(`[data-place="${asked}"]`)) {
      spot.classList.add("asked");
      field.scrollIntoView();
    }
  }
})();
