// The map: zooming, moving, and a tip for the place under the pointer. Without this script the map is complete.
//
// On the page it needs `.map-field` with places `.spot`, each with its name as `aria-label`; and to zoom, buttons with
// factors, and in each drawing a part `.map-main` that has in `data-focus` where the first step goes.
(() => {
'use strict';
const { one, all, isPlain, clamp } = annals;
const NEAREST = 6; // times
const NEAR = 2.5; // times: labels of more places have room; the first step without a pointer
const STEP = 1.6; // times, at a key
const WAY = 90; // pixels, at an arrow key
const DRAG = 4; // pixels that a pointer may move in a click

/** What a drawing shows of its map: moved by pixels, zoomed by a factor. */
const viewOf = (main, drawing) => {
  const { width, height } = main.viewBox.baseVal;
  let [scale, x, y] = [1, 0, 0]; // how near, and the upper left corner
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
    /** Around the pointer, or the middle; a first step without a pointer goes near to what the map is about. */
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
  // Browsers turn the end of a drag into a click at once; it is no click on a place.
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
    // Who comes by keyboard must see where.
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
