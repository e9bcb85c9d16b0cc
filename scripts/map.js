// The map: zooming, moving, and a tip for the place under the pointer. Without this script the map is complete.
//
// On the page it needs `.map-field` with places `.spot`, each with its name as `aria-label`; and to zoom, buttons with
// factors, and in each drawing a part `.map-main` that has in `data-focus` where the first step goes.
(() => {
'use strict';
const { one, all, isPlain, clamp } = annals;
const NEAREST = 6; // the largest zoom factor
const NEAR = 2.5; // zoom factor: from here on, more names have room; the first step without a pointer goes here
const STEP = 1.6; // zoom factor of a key
const WAY = 90; // pixels, at an arrow key
const DRAG = 4; // pixels that a pointer may move in a click

/** Returns functions that move a map in its drawing, by pixels of the screen, and zoom it, by a factor. */
const viewOf = (main, drawing) => {
  const { width, height } = main.viewBox.baseVal;
  let [scale, x, y] = [1, 0, 0]; // zoom factor, and the upper left corner in units of the drawing
  const unit = () => drawing.viewBox.baseVal.width / drawing.getBoundingClientRect().width;
  const show = (left, top) => {
    x = clamp(left, 0, width - width / scale);
    y = clamp(top, 0, height - height / scale);
    main.setAttribute('viewBox', `${x} ${y} ${width / scale} ${height / scale}`);
    main.style.setProperty('--shrink', `${1 / scale}`);
    drawing.toggleAttribute('data-near', scale >= NEAR);
    drawing.toggleAttribute('data-zoomed', scale > 1);
    annals.hideTip();
  };
  return {
    isZoomed: () => scale > 1,
    move: (dx, dy) => show(x + (dx * unit()) / scale, y + (dy * unit()) / scale),
    /** Zooms around the pointer or else the middle. The first step without a pointer goes to the place in
     *  `data-focus`; a factor of 0 shows the whole map again. */
    zoom: (by, pointer) => {
      const box = drawing.getBoundingClientRect();
      const [px, py] = pointer
        ? [(pointer.clientX - box.left) * unit(), (pointer.clientY - box.top) * unit()]
        : [width / 2, height / 2];
      const isFirst = !pointer && scale === 1 && by > 1;
      const [left, top] = isFirst ? main.dataset.focus.split(' ') : [x + px / scale, y + py / scale];
      scale = isFirst ? NEAR : clamp(scale * by, 1, NEAREST);
      show(left - px / scale, top - py / scale);
    },
  };
};

/** Lets the pointer drag a map and zoom it. */
const followPointer = (drawing, { isZoomed, move, zoom }) => {
  let held; // the last event of a drag
  let isDragged = false;
  drawing.onpointerdown = (event) => {
    isDragged = false;
    held = event.isPrimary && !event.button && isZoomed() ? event : undefined;
  };
  drawing.onpointermove = (event) => {
    if (!held) return;
    const [dx, dy] = [held.clientX - event.clientX, held.clientY - event.clientY];
    if (!isDragged && Math.hypot(dx, dy) < DRAG) return;
    isDragged = true;
    drawing.setPointerCapture(event.pointerId);
    move(dx, dy);
    held = event;
  };
  drawing.onpointerup = drawing.onpointercancel = () => {
    held = undefined;
    setTimeout(() => { isDragged = false; });
  };
  drawing.ondragstart = () => false;
  // Browsers send a click right after a drag, which must not follow the link of a place.
  drawing.onclick = () => !isDragged;
  drawing.onwheel = (event) => {
    if (!event.ctrlKey && !drawing.contains(document.activeElement)) return true;
    zoom(2 ** (-event.deltaY / 240), event);
    return false;
  };
};

/** Lets keys move a map and zoom it. */
const followKeys = (drawing, { isZoomed, move, zoom }) => {
  drawing.tabIndex = 0;
  drawing.onkeydown = (event) => {
    if (!isPlain(event)) return true;
    const by = { '+': STEP, '=': STEP, '-': 1 / STEP, 0: 0 }[event.key];
    if (by !== undefined) zoom(by);
    const way = { ArrowLeft: [-WAY, 0], ArrowRight: [WAY, 0], ArrowUp: [0, -WAY], ArrowDown: [0, WAY] }[event.key];
    if (!way || !isZoomed()) return true;
    move(...way);
    return false;
  };
  drawing.addEventListener('focusin', (event) => {
    // A place with the focus may be outside the part that is shown.
    if (event.target !== drawing && one(':focus-visible', drawing)) zoom(0);
  });
};

for (const field of all('.map-field')) {
  annals.tips(field, '.spot', (spot) => [spot.ariaLabel], true);
  for (const title of all('.spot > title', field)) title.remove(); // the tip says it
  for (const main of all('.map-main', field)) {
    const drawing = main.ownerSVGElement;
    const view = viewOf(main, drawing);
    for (const button of all('button', field)) {
      button.addEventListener('click', () => { if (drawing.checkVisibility()) view.zoom(Number(button.value)); });
    }
    followPointer(drawing, view);
    followKeys(drawing, view);
  }

  // #place-<id> is a row of the list; the map shows the place too.
  const asked = CSS.escape(decodeURIComponent(location.hash).slice('#place-'.length));
  for (const spot of all(`[data-place="${asked}"]`, field)) {
    spot.classList.add('asked');
    addEventListener('load', () => setTimeout(() => field.scrollIntoView()));
  }
}
})();
