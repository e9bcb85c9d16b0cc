// The map: zooming, moving, and a card for the place under the pointer. Without this script the map is complete.
//
// On the page it needs `.map-field` with places `.spot`, each with its point `.dot` and its name as `aria-label`; and
// for zooming buttons with factors, and in each drawing a part `.map-main` that has in `data-dense` where the places
// are densest.
(() => {
'use strict';
const { one, all, make, isPlain, clamp } = annals;
const NEAREST = 6; // times
const NEAR = 2.5; // times: labels of more places have room
const STEP = 1.6; // times, at a key
const WAY = 90; // pixels, at an arrow key
const DRAG = 4; // pixels that a pointer may move in a click
const CARD_DELAY = 200; // milliseconds: on its way to the card the pointer may leave the place

/** Shows a card for the place of a field under the pointer or with the focus. Returns what brings it up to date. */
const showCards = (field) => {
  const card = Object.assign(make('p', 'map-card'), { ariaHidden: 'true', hidden: true });
  field.append(card);
  let pointed, told, dismissed; // places: under the pointer, on the card, whose card was closed
  const update = () => {
    told = pointed ?? one('.spot:focus', field);
    if (told !== dismissed) dismissed = undefined;
    card.hidden = !told || told === dismissed;
    if (card.hidden) return;
    card.textContent = told.ariaLabel;
    const [dot, box] = [one('.dot', told).getBoundingClientRect(), field.getBoundingClientRect()];
    const left = dot.left + dot.width / 2 - box.left - card.offsetWidth / 2;
    card.style.left = `${clamp(left, 0, box.width - card.offsetWidth)}px`;
    card.style.top = `${dot.bottom - box.top}px`;
  };
  let timer = 0;
  field.onpointerover = field.onpointerleave = ({ target, type }) => {
    clearTimeout(timer);
    const spot = type === 'pointerover' ? target.closest('.spot') : null;
    const point = () => {
      pointed = spot;
      update();
    };
    if (target !== card) timer = setTimeout(point, spot && card.hidden ? 0 : CARD_DELAY);
  };
  for (const type of ['focusin', 'focusout']) field.addEventListener(type, update);
  addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    dismissed = told;
    update();
  });
  // The card says what they say.
  for (const title of all('.spot > title', field)) title.remove();
  return update;
};

/** What a drawing shows of its map: moved by pixels, zoomed by a factor. `onMove` is called when it has changed. */
const viewOf = (main, drawing, onMove) => {
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
    onMove();
  };
  return {
    isZoomed: () => scale > 1,
    move: (dx, dy) => show(x + (dx * unit()) / scale, y + (dy * unit()) / scale),
    /** Around the pointer, or the middle; a first step without a pointer goes to where the places are densest. */
    zoom: (by, pointer) => {
      const box = drawing.getBoundingClientRect();
      const [px, py] = pointer
        ? [(pointer.clientX - box.left) * unit(), (pointer.clientY - box.top) * unit()]
        : [width / 2, height / 2];
      const dense = () => main.dataset.dense.split(' ').map(Number);
      const [left, top] = pointer || scale > 1 ? [x + px / scale, y + py / scale] : dense();
      scale = clamp(scale * by, 1, NEAREST);
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
  const updateCard = showCards(field);
  for (const main of all('.map-main', field)) {
    const drawing = main.ownerSVGElement;
    const view = viewOf(main, drawing, updateCard);
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
