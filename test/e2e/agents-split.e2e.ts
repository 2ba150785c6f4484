// Agents side by side in windows that have no room for that: in rows, never too narrow, by keyboard, and so again after a reload.

import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { expectAccessible } from './axe.ts';
import { agentsAsList } from './musher-page.ts';

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

/** Sixty columns of a terminal at its first size. */
const leastPx = 488;
const four = ['backend', 'search', 'billing', 'refactor'];
const numbers = ['1', '7', '8', '5'];

/** Four by keys alone: each is gone to by its number, and put beside those that are. */
async function openFour(page: Page): Promise<void> {
  await page.addInitScript(agentsAsList);
  await page.goto(`${fixture.url}?scene=team&count=12#/agents`);
  const list = page.getByRole('listbox', { name: 'Agents' });
  for (const [at, number] of numbers.entries()) {
    await list.focus();
    await page.keyboard.press(number);
    await expect(list.getByRole('option', { selected: true })).toContainText(four[at] ?? '');
    await page.keyboard.press('s');
    await expect(page.getByRole('article')).toHaveCount(at + 1);
  }
}

async function placesOf(page: Page): Promise<Array<{ x: number; y: number; width: number }>> {
  const boxes = await Promise.all(
    four.map((name) => page.getByRole('article', { name, exact: true }).boundingBox()),
  );
  return boxes.map((box) => ({
    x: Math.round(box?.x ?? -1),
    y: Math.round(box?.y ?? -1),
    width: Math.round(box?.width ?? 0),
  }));
}

test('at 1024 px four are rows with a scroll, none narrower than sixty columns, and a key leads to the last', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1024, height: 700 });
  await openFour(page);
  const places = await placesOf(page);
  expect(new Set(places.map(({ x }) => x)).size).toBe(1);
  expect(new Set(places.map(({ y }) => y)).size).toBe(4);
  for (const { width } of places) expect(width).toBeGreaterThanOrEqual(leastPx);
  const last = page.getByRole('article', { name: 'refactor', exact: true });
  await expect(last).toBeInViewport({ ratio: 0.9 });
  await page.keyboard.press('j');
  await expect(page.getByRole('article', { name: 'backend' })).toBeInViewport({ ratio: 0.9 });
  await expect(last).not.toBeInViewport();
  await page.reload();
  await expect
    .poll(() => placesOf(page).then((all) => all.map(({ x }) => x)))
    .toEqual(places.map(({ x }) => x));
  await expectAccessible(page, 'four in rows');
});

test('at 1440 px they are two and two, each row as wide as it was dragged, and s takes one out', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openFour(page);
  const [a, b, c, d] = await placesOf(page);
  expect([a?.y, c?.y]).toEqual([b?.y, d?.y]);
  expect([a?.x, b?.x]).toEqual([c?.x, d?.x]);
  const handle = page.getByRole('separator', { name: 'Resize the terminals' }).last();
  await handle.focus();
  await page.keyboard.press('ArrowLeft');
  const third = () => placesOf(page).then((all) => all[2]?.width ?? 0);
  await expect.poll(third).toBeLessThan(c?.width ?? 0);
  const dragged = await third();
  expect(dragged).toBeGreaterThanOrEqual(leastPx);
  await page.reload();
  await expect.poll(async () => Math.abs((await third()) - dragged)).toBeLessThan(3);
  expect((await placesOf(page))[0]?.width).toBe(a?.width);
  await page.getByRole('listbox', { name: 'Agents' }).focus();
  await page.keyboard.press('s');
  await expect(page.getByRole('article')).toHaveCount(3);
});
