// What the review draws of a diff, on a real Musher.

import { expect, test } from '@playwright/test';
import { makeServeWorld } from '../harness/serve-world.ts';
import { goTo, openMusher } from './musher-page.ts';

test('a long hunk header is read as far as there is room, and makes nothing scroll', async ({
  page,
}) => {
  const world = await makeServeWorld();
  try {
    const serving = await world.serve();
    const parameters = Array.from({ length: 40 }, (_, at) => `parameter${at}`).join(', ');
    const lines = Array.from({ length: 40 }, (_, at) => `  a${at};`).join('\n');
    const body = (line: string) => `function long(${parameters}) {\n${lines}\n  ${line};\n}\n`;
    await world.repository.commit('Before', { 'long.js': body('one') });
    const agent = await world.addAgent(serving, 'one');
    const commit = await world.repository.commit(
      'After',
      { 'long.js': body('two') },
      agent.worktree,
    );
    await agent.command('approval.request', { commit });
    await page.setViewportSize({ width: 1024, height: 700 });
    await openMusher(page, serving);
    await goTo(page, '#/review');
    const header = page.getByRole('region', { name: 'Diff' }).getByText('function long(').first();
    await expect(header).toBeVisible();
    const code = page.locator('diffs-container code').first();
    await expect(code).toBeVisible();
    const { inside, outside } = await code.evaluate((element) => ({
      inside: element.scrollWidth,
      outside: element.clientWidth,
    }));
    expect(inside).toBe(outside);
    const right = async (of: typeof header) => {
      const box = await of.boundingBox();
      return (box?.x ?? 0) + (box?.width ?? 0);
    };
    expect(await right(header)).toBeLessThanOrEqual((await right(code)) + 1);
  } finally {
    await world.dispose();
  }
});
