// The map: zooming, moving, and a card for the place under the pointer. The map is complete without this.
(() => {
'use strict';
const { one, all, make, isPlain, clamp } = annals;

for (const field of all('.map-field')) {
  const card = Object.assign(make('p', 'map-card'), { ariaHidden: 'true', hidden: true });
  field.append(card);
  let pointed, told, dismissed; // places
  const tell = () => {
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
  let timer = 0; // on its way to the card the pointer may leave the place
  field.onpointerover = field.onpointerleave = ({ target, type }) => {
    clearTimeout(timer);
    const spot = type === 'pointerover' ? target.closest('.spot') : null;
    const point = () => {
      pointed = spot;
      tell();
    };
    if (target !== card) timer = setTimeout(point, spot && card.hidden ? 0 : 200);
  };
  for (const type of ['focusin', 'focusout']) field.addEventListener(type, tell);
  addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    dismissed = told;
    tell();
  });
  // The card says what they say.
  for (const title of all('.spot > title', field)) title.remove();

  for (const main of all('.map-main', field)) {
    const sheet = main.ownerSVGElement;
    const { width, height } = main.viewBox.baseVal;
    let [k, x, y] = [1, 0, 0]; // how near, and the upper left corner
    const unit = () => sheet.viewBox.baseVal.width / sheet.getBoundingClientRect().width;
    const show = (left, top) => {
      x = clamp(left, 0, width - width / k);
      y = clamp(top, 0, height - height / k);
      main.setAttribute('viewBox', `${x} ${y} ${width / k} ${height / k}`);
      main.style.setProperty('--shrink', `${1 / k}`);
      sheet.toggleAttribute('data-near', k >= 2.5);
      sheet.toggleAttribute('data-zoomed', k > 1);
      tell();
    };
    const move = (dx, dy) => show(x + (dx * unit()) / k, y + (dy * unit()) / k);
    /** Around the pointer, or the middle; a first step without a pointer goes to where the places are densest. */
    const zoom = (by, pointer) => {
      const box = sheet.getBoundingClientRect();
      const [px, py] = pointer ? [(pointer.clientX - box.left) * unit(), (pointer.clientY - box.top) * unit()] : [width / 2, height / 2];
      const [left, top] = pointer || k > 1 ? [x + px / k, y + py / k] : main.dataset.dense.split(' ').map(Number);
      k = clamp(k * by, 1, 6);
      show(left - px / k, top - py / k);
    };
    for (const button of all('button', field)) {
      button.addEventListener('click', () => { if (sheet.checkVisibility()) zoom(Number(button.value)); });
    }

    let held; // the last event of a drag
    let dragged = false;
    sheet.tabIndex = 0;
    sheet.onpointerdown = (event) => {
      dragged = false;
      held = event.isPrimary && !event.button && k > 1 ? event : undefined;
    };
    sheet.onpointermove = (event) => {
      if (!held || (!dragged && Math.hypot(event.clientX - held.clientX, event.clientY - held.clientY) < 4)) return;
      dragged = true;
      sheet.setPointerCapture(event.pointerId);
      move(held.clientX - event.clientX, held.clientY - event.clientY);
      held = event;
    };
    sheet.onpointerup = sheet.onpointercancel = () => {
      held = undefined;
      setTimeout(() => { dragged = false; });
    };
    sheet.ondragstart = () => false;
    // The end of a drag is no click on a place; the browser makes one of it at once.
    sheet.onclick = () => !dragged;
    sheet.onwheel = (event) => {
      if (!event.ctrlKey && !sheet.contains(document.activeElement)) return true;
      zoom(2 ** (-event.deltaY / 240), event);
      return false;
    };
    sheet.onkeydown = (event) => {
      if (!isPlain(event)) return true;
      const by = { '+': 1.6, '=': 1.6, '-': 0.625, 0: 0 }[event.key];
      if (by !== undefined) zoom(by);
      const way = { ArrowLeft: [-90, 0], ArrowRight: [90, 0], ArrowUp: [0, -90], ArrowDown: [0, 90] }[event.key];
      if (!way || k === 1) return true;
      move(...way);
      return false;
    };
    sheet.addEventListener('focusin', (event) => {
      // Who comes by keyboard must see where.
      if (event.target !== sheet && one(':focus-visible', sheet)) zoom(0);
    });
  }

  // #place-<id> is a row of the list; the map shows the place too.
  const asked = CSS.escape(decodeURIComponent(location.hash).slice('#place-'.length));
  for (const spot of all(`[data-place="${asked}"]`, field)) {
    spot.classList.add('asked');
    addEventListener('load', () => setTimeout(() => field.scrollIntoView()));
  }
}
})();
