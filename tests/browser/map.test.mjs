// The map: every place can be reached without a mouse and without script; with script readers can zoom and move.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readPage, useBrowser } from './lib.mjs';

const browser = useBrowser();
const MAP = 'map.html';
const SHEETS = [{ width: 340, sheet: '.map-narrow' }, { width: 1300, sheet: '.map-wide' }];

const open = async (t, { width, ...options }) => {
  const page = await browser.tab(t, { viewport: { width, height: 900 }, ...options });
  await page.goto(browser.address(MAP));
  return page;
};

for (const { width, sheet } of SHEETS) {
  describe(`at ${width} pixels`, () => {
    test('one sheet is shown, and each place on it is a link that is also in the list', async (t) => {
      const page = await open(t, { width, javaScriptEnabled: false });
      assert.deepEqual(await page.locator('.map-sheet:visible').evaluateAll((all) => all.map((svg) => `.${svg.classList[1]}`)), [sheet]);
      const drawn = await page.locator(`${sheet} a.spot`).evaluateAll((all) => all.map((a) => a.getAttribute('href')));
      const listed = await page.locator('.map-places tbody a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
      assert.ok(drawn.length > 1);
      assert.deepEqual(drawn.toSorted(), listed.toSorted());
      assert.equal(await page.locator('.map-controls').isVisible(), false, 'buttons that do nothing are shown');
    });

    test('the middle of a place is its own', async (t) => {
      const page = await open(t, { width, javaScriptEnabled: false });
      const taken = await page.locator(`${sheet} .spot`).evaluateAll((all) => all.flatMap((spot) => {
        spot.scrollIntoView({ block: 'center' });
        const { left, top, width: across } = spot.querySelector('.dot').getBoundingClientRect();
        const hit = document.elementFromPoint(left + across / 2, top + across / 2)?.closest('.spot');
        return hit === spot ? [] : [`${spot.dataset.place}: ${hit?.dataset.place}`];
      }));
      assert.deepEqual(taken, []);
    });

    test('the first zoom step goes near to what the map is about, and no small map covers what is in reach', async (t) => {
      const page = await open(t, { width });
      await page.getByRole('button', { name: 'Zoom in' }).click();
      const [off, focus] = await page.locator(`${sheet} .map-main`).evaluate((main) => {
        const { x, y, width: across, height: down } = main.viewBox.baseVal;
        const [left, top] = main.dataset.focus.split(' ').map(Number);
        const reach = (from, size, all) => Math.min(Math.max(from, size / 2), all - size / 2);
        const middle = [reach(left, across, main.width.baseVal.value), reach(top, down, main.height.baseVal.value)];
        return [Math.hypot(x + across / 2 - middle[0], y + down / 2 - middle[1]), main.width.baseVal.value / across];
      });
      assert.ok(off < 1, `${off} pixels away`);
      assert.ok(focus >= 2, 'names of more places have room');
      const covering = await page.locator(`${sheet}`).evaluate((svg) => {
        const box = (element) => element.getBoundingClientRect();
        // The edge drawn around a panel has its size; the box of the panel itself may be larger.
        const [main, ...insets] = [...svg.querySelectorAll('.map-edge')].map(box);
        return insets.filter((inset) => inset.top < main.bottom && inset.left < main.right).length;
      });
      assert.equal(covering, 0);
    });

    test('no name overlaps another', async (t) => {
      const page = await open(t, { width });
      const boxes = await page.locator(`${sheet} .spot text:not(.number):visible`).evaluateAll((all) => all.map((text) => {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        return { name: text.textContent, left, right, top: top + 3, bottom: bottom - 3 };
      }));
      assert.ok(boxes.length > 1);
      const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
      const pairs = boxes.flatMap((a, index) => boxes.slice(index + 1).filter((b) => meet(a, b)).map((b) => `${a.name} and ${b.name}`));
      assert.deepEqual(pairs, []);
    });

    test('buttons, keys and wheel zoom, dragging and arrows move, and nothing on the map grows', async (t) => {
      const page = await open(t, { width });
      const main = page.locator(`${sheet} .map-main`);
      const view = async () => (await main.getAttribute('viewBox')).split(' ').map(Number);
      const dot = page.locator(`${sheet} .map-main .dot`).first();
      const size = () => dot.evaluate((circle) => circle.getBoundingClientRect().width);
      const [start, before] = [await view(), await size()];
      await page.getByRole('button', { name: 'Zoom in' }).click();
      const zoomed = await view();
      assert.ok(zoomed[2] < start[2]);
      assert.ok(Math.abs(await size() - before) < 0.5, 'a circle grew');
      await page.locator(sheet).focus();
      await page.keyboard.press('+');
      const nearest = await view();
      assert.ok(nearest[2] < zoomed[2]);
      await page.keyboard.press('ArrowRight');
      const moved = await view();
      assert.ok(moved[0] > nearest[0]);
      // The box of the sheet, because that of the map in it includes what is outside of the edge.
      const box = await page.locator(sheet).boundingBox();
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 40, y, { steps: 4 });
      await page.mouse.up();
      assert.ok((await view())[0] < moved[0]);
      const dragged = await view();
      await page.mouse.wheel(0, -200);
      await page.waitForFunction(([selector, width]) => document.querySelector(selector).viewBox.baseVal.width < width, [`${sheet} .map-main`, dragged[2]]);
      await page.keyboard.press('0');
      assert.deepEqual(await view(), start);
    });

    test('a tip tells of the place with the focus, and goes', async (t) => {
      const page = await open(t, { width });
      const spot = page.locator(`${sheet} .spot`).first();
      await page.locator(sheet).focus();
      await page.keyboard.press('Tab');
      assert.equal(await page.locator('.tip').textContent(), await spot.getAttribute('aria-label'));
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('.tip').isVisible(), false);
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/places\//);
    });
  });
}

describe('the tip of a place (WCAG 2.2, 1.4.13)', () => {
  const pointAt = async (page) => {
    const spots = await page.locator('.map-wide .map-main .spot').evaluateAll((all) => all.map((spot) => {
      spot.scrollIntoView({ block: 'center' });
      const { left, top, width, height } = spot.querySelector('.dot').getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      return { x, y, name: spot.ariaLabel, hit: document.elementFromPoint(x, y)?.closest('.spot') === spot };
    }));
    const spot = spots.findLast(({ hit }) => hit); // it was scrolled to last
    await page.mouse.move(spot.x, spot.y);
    await page.locator('.tip').waitFor();
    assert.equal(await page.locator('.tip').textContent(), spot.name);
    return spot;
  };
  const isShown = (page) => page.locator('.tip').isVisible();
  const rest = (page) => page.waitForTimeout(500);

  test('can be pointed at, and goes when the pointer leaves it', async (t) => {
    const page = await open(t, { width: 1300 });
    await pointAt(page);
    const { x, y, width, height } = await page.locator('.tip').boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2, { steps: 12 });
    await rest(page);
    assert.ok(await isShown(page), 'it went when it was pointed at');
    await page.mouse.move(x + width / 2 + 2, y + height / 2 + 2);
    await rest(page);
    assert.ok(await isShown(page), 'it went while it was pointed at');
    await page.mouse.move(2, 2);
    await page.locator('.tip').waitFor({ state: 'hidden' });
  });

  test('is dismissed by Escape wherever the focus is, and does not come back for the same place', async (t) => {
    const page = await open(t, { width: 1300 });
    const { x, y } = await pointAt(page);
    await page.keyboard.press('Escape');
    assert.equal(await isShown(page), false);
    await page.mouse.move(x + 1, y + 1);
    await rest(page);
    assert.equal(await isShown(page), false, 'it came back while the pointer stayed');
    await page.mouse.move(2, 2);
    await rest(page);
    await page.mouse.move(x, y);
    await page.locator('.tip').waitFor();
  });

  test('of the place with the focus stays while the pointer passes elsewhere', async (t) => {
    const page = await open(t, { width: 1300 });
    await page.locator('.map-wide').focus();
    await page.keyboard.press('Tab');
    const name = await page.locator('.tip').textContent();
    const { x, y } = await page.locator('.map-wide').boundingBox();
    await page.mouse.move(x + 3, y + 3);
    await page.mouse.move(x + 6, y + 6);
    await rest(page);
    assert.ok(await isShown(page));
    assert.equal(await page.locator('.tip').textContent(), name);
    await page.keyboard.press('Tab');
    assert.notEqual(await page.locator('.tip').textContent(), name);
    await page.locator('body').evaluate(() => document.activeElement.blur());
    assert.equal(await isShown(page), false);
  });
});

test('a small map links to the place on the large one', async (t) => {
  const file = readPage(MAP).references.map(({ value }) => value).find((value) => value.startsWith('places/') && !value.endsWith('index.html'));
  const page = await browser.tab(t, { viewport: { width: 1300, height: 900 } });
  await page.goto(browser.address(file));
  await page.locator('.locator a').click();
  await page.waitForURL(/map\.html#place-/);
  await page.waitForSelector('.map-wide .spot.asked');
});
