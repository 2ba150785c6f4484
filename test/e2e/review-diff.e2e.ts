// What the review draws of a diff, on a real Musher.

import { expect, type Page, test } from '@playwright/test';
import { makePng } from '../harness/png.ts';
import type { Files } from '../harness/repositories.ts';
import type { Serving } from '../harness/serve.ts';
import type { ServeWorld } from '../harness/serve-world.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import { goTo, openMusher } from './musher-page.ts';

let world: ServeWorld;
let serving: Serving;
let opened = 0;

test.beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
});
test.afterAll(() => world.dispose());

/** Opens the review of a change from the one to the other. */
async function openChange(page: Page, before: Files, after: Files): Promise<void> {
  opened += 1;
  await world.repository.commit('Before', before);
  const agent = await world.addAgent(serving, `author-${opened}`);
  const commit = await world.repository.commit('After', after, agent.worktree);
  const { approval } = await agent.command<{ approval: string }>('approval.request', { commit });
  await openMusher(page, serving);
  await goTo(page, `#/review/approval/${approval}`);
}

const layouts = ['Unified', 'Split'] as const;

test('a long hunk header is read as far as there is room, and makes nothing scroll', async ({
  page,
}) => {
  const parameters = Array.from({ length: 40 }, (_, at) => `parameter${at}`).join(', ');
  const lines = Array.from({ length: 40 }, (_, at) => `  a${at};`).join('\n');
  const body = (line: string) => `function long(${parameters}) {\n${lines}\n  ${line};\n}\n`;
  await page.setViewportSize({ width: 1024, height: 700 });
  await openChange(page, { 'long.js': body('one') }, { 'long.js': body('two') });
  const header = page.getByRole('region', { name: 'Diff' }).getByText('function long(').first();
  const code = page.locator('diffs-container code');
  const right = async (of: typeof header) => {
    const box = await of.boundingBox();
    return (box?.x ?? 0) + (box?.width ?? 0);
  };
  for (const layout of layouts) {
    await page.getByRole('radio', { name: layout }).click();
    await expect(code).toHaveCount(layout === 'Split' ? 2 : 1);
    await expect(header).toBeVisible();
    for (const { inside, outside } of await code.evaluateAll((all) =>
      all.map(({ scrollWidth, clientWidth }) => ({ inside: scrollWidth, outside: clientWidth })),
    ))
      expect(inside, layout).toBe(outside);
    expect(await right(header), layout).toBeLessThanOrEqual((await right(code.last())) + 1);
  }
});

test('words are marked where a line was changed, not where another stands in its place', async ({
  page,
}) => {
  const before = "const port = 9119;\nimport { first } from './one.ts';\n";
  const after = 'const port = 9120;\nexport default async function serve(): Promise<void> {}\n';
  await openChange(page, { 'a.ts': before }, { 'a.ts': after });
  const marksIn = (text: string) =>
    page
      .locator('diffs-container [data-line]', { hasText: text })
      .locator('[data-diff-span]')
      .evaluateAll((all) =>
        all.map((span) => `${span.textContent} ${getComputedStyle(span).backgroundColor}`),
      );
  const none = 'rgba(0, 0, 0, 0)';
  for (const layout of layouts) {
    await page.getByRole('radio', { name: layout }).click();
    await expect(page.locator('diffs-container code')).toHaveCount(layout === 'Split' ? 2 : 1);
    await expect.poll(() => marksIn('9120')).not.toEqual([]);
    for (const mark of await marksIn('9120')) expect(mark).not.toContain(none);
    await expect.poll(() => marksIn('serve()')).not.toEqual([]);
    // Looked at until it stands: a line that is drawn anew at that moment has no colours.
    for (const text of ['serve()', './one.ts'])
      await expect
        .poll(async () => (await marksIn(text)).filter((mark) => !mark.includes(none)))
        .toEqual([]);
  }
});

test('a changed picture tells its sizes, and is looked at before and after', async ({ page }) => {
  const before = { 'logo.png': makePng(40, 30), 'data.bin': Buffer.from([0, 1, 2]) };
  const after = { 'logo.png': makePng(80, 60, { color: [60, 90, 200] }), 'data.bin': null };
  await openChange(page, before, after);
  const diff = page.getByRole('region', { name: 'Diff' });
  await expect(diff.getByText(/^Binary file, \d+ B → \d+ B$/)).toBeVisible();
  await expect(diff.getByText('Binary file, 3 B')).toBeVisible();
  await expect(diff.getByRole('button', { name: /^Picture/ })).toHaveCount(1);
  await diff.getByRole('button', { name: 'Picture logo.png' }).click();
  for (const [name, width] of [
    ['Before, 40 × 30 pixels', 40],
    ['After, 80 × 60 pixels', 80],
  ] as const) {
    const picture = page.getByRole('img', { name });
    await expect(picture).toBeVisible();
    const { naturalWidth } = await picture.evaluate((image: HTMLImageElement) => ({
      naturalWidth: image.naturalWidth,
    }));
    expect(naturalWidth).toBe(width);
  }
  await page.keyboard.press('Escape');
  await expect(page.getByRole('img', { name: /pixels/ })).toHaveCount(0);
});

test('files found by the filter begin at the top, and what was viewed stays ticked', async ({
  page,
}) => {
  const files = Object.fromEntries(
    Array.from({ length: 150 }, (_, at) => [`src/part-${at}.ts`, `export const a${at} = 1;\n`]),
  );
  await openChange(page, {}, { ...files, 'src/wanted-a.ts': 'a\n', 'src/wanted-b.ts': 'b\n' });
  const tree = page.getByRole('list', { name: 'Changed files' });
  await expect(tree.getByRole('button', { name: 'part-0.ts' })).toBeVisible();
  await tree.hover();
  await page.mouse.wheel(0, 5000);
  await page.getByPlaceholder('Filter files').fill('part-');
  await expect(tree.getByRole('button', { name: 'part-0.ts' })).toBeInViewport();
  await page.getByPlaceholder('Filter files').fill('wanted');
  await expect(tree.getByRole('button', { name: /wanted/ })).toHaveCount(2);
  await tree.getByRole('button', { name: /wanted-a/ }).click();
  await page.keyboard.press('v');
  const ticked = tree.getByRole('button', { name: /wanted-a/ }).getByLabel('viewed');
  await expect(ticked).toBeVisible();
  await page.reload();
  await page.getByPlaceholder('Filter files').fill('wanted');
  await expect(ticked).toBeVisible();
  await expect(tree.getByLabel('viewed')).toHaveCount(1);
});
