// Gates beside a review: each thing that they can come to, on a hub in memory; and one run from its first line to the merge, on a real Musher.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { cases } from '../harness/rounds.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import { expectAccessible } from './axe.ts';
import { goTo, openMusher } from './musher-page.ts';

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

async function openCase(page: Page, approval: string): Promise<void> {
  await page.goto(`${fixture.url}?scene=gates#/review/approval/${approval}`);
  await expect(page.getByRole('region', { name: 'Diff' })).toBeVisible();
}

const gatesOf = (page: Page) => page.getByRole('region', { name: 'Gates' });
const decisionOf = (page: Page) => page.getByRole('region', { name: 'Decision', exact: true });

/** What stands in the line, and what the decision says of a yes. */
const told: ReadonlyArray<[approval: string, line: RegExp, decision: RegExp]> = [
  [
    'a-31',
    /running.*test.*passed.*types.*8\.4s.*queued.*bundle-size.*advisory/s,
    /A yes waits for test/,
  ],
  ['a-32', /test.*1m 34s.*types.*8\.4s.*bundle-size/s, /All gates have passed/],
  ['a-33', /failed.*test.*exit code 1.*1m 11s.*exit code 2/s, /Not passed: test/],
  [
    'a-34',
    /test, types, bundle-size have not run yet.*Run now/s,
    /A yes runs test and types first/,
  ],
  ['a-35', /timed out.*could not run.*lost.*changes the gates/s, /Not passed: test and types/],
  ['a-36', /test.*known.*not concerned.*cancelled.*main has moved/s, /main has moved: a yes runs/],
  ['a-37', /ending.*test.*types.*queued/s, /Approved, waits for test and types/],
  [
    'a-38',
    /exit code 1.*Run again/s,
    /Required gates have not passed.*test failed \(exit code 1\)/s,
  ],
];

/** Between them they have every shape, colour and control of the others. */
const looked: ReadonlySet<string> = new Set(['a-31', 'a-35']);

for (const { colorScheme, width } of cases(
  [{ colorScheme: 'dark', width: 1440 } as const],
  [{ colorScheme: 'light', width: 800 } as const],
))
  test(`each state of gates is told, to everybody: ${colorScheme}, ${width} wide`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    for (const [approval, line, decision] of told) {
      await openCase(page, approval);
      await expect(gatesOf(page)).toContainText(line);
      await expect(decisionOf(page)).toContainText(decision);
      if (looked.has(approval)) await expectAccessible(page, approval);
    }
    await openCase(page, 'a-33');
    await gatesOf(page).getByRole('button', { name: /test/ }).click();
    const more = page.getByRole('dialog', { name: 'Gate test' });
    await expect(more.getByRole('group', { name: 'Last lines' })).toContainText('1 failed');
    await expectAccessible(page, 'the last lines');
  });

test('gates that have not passed give way to a reason, and to nothing else', async ({ page }) => {
  await openCase(page, 'a-33');
  await page.keyboard.press('a');
  const decision = decisionOf(page);
  const merge = decision.getByRole('button', { name: /Merge all the same/ });
  await expect(merge).toBeDisabled();
  await page.keyboard.press('Enter');
  await expect(merge).toBeVisible();
  await expectAccessible(page, 'the reason');
  await page.keyboard.type('the machine is on fire');
  await page.keyboard.press('Enter');
  await expect(decision).toContainText('Approved');
});

test('a gate is watched while it runs, ended, run again, and what it held back is merged', async ({
  page,
}) => {
  const world = await makeServeWorld();
  try {
    const release = join(world.repository.root, '..', 'release');
    const script = `echo one of two; while ! test -e '${release}'; do sleep 0.05; done; echo two of two`;
    const command = JSON.stringify(['/bin/sh', '-c', script]);
    await world.repository.write({
      '.musher/config.toml': `[[gates]]\nname = "test"\ncommand = ${command}\n`,
    });
    const serving = await world.serve();
    const agent = await world.addAgent(serving, 'one');
    const commit = await world.repository.commit('mine', { 'a.txt': 'a\n' }, agent.worktree);
    await agent.command('approval.request', { commit });
    await openMusher(page, serving);
    await goTo(page, '#/review');
    const gates = gatesOf(page);
    await expect(gates).toContainText('running');
    await gates.getByRole('button', { name: /test/ }).click();
    await page.getByRole('button', { name: 'Output' }).click();
    await expect(page.getByRole('region', { name: 'Terminal of test' })).toContainText(
      'one of two',
    );
    await page.getByRole('button', { name: 'Close' }).click();
    await gates.getByRole('button', { name: /test/ }).click();
    const more = page.getByRole('dialog', { name: 'Gate test' });
    await more.getByRole('button', { name: 'Cancel' }).click();
    await expect(more.getByRole('button', { name: 'Run again' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(more).toBeHidden();
    await expect(gates).toContainText('cancelled');
    await expect(decisionOf(page)).toContainText('A yes runs test again');
    for (const key of ['a', 'Space', 'Enter']) await page.keyboard.press(key);
    await expect(decisionOf(page)).toContainText('Approved, waits for test', { timeout: 15_000 });
    await writeFile(release, '');
    await expect(decisionOf(page)).toContainText('merged', { timeout: 15_000 });
    await gates.getByRole('button', { name: /test/ }).click();
    await expect(page.getByRole('group', { name: 'Last lines' })).toContainText('two of two');
    await page.getByRole('button', { name: 'Recording', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'gate--test' })).toBeVisible();
    expect(await world.repository.git(['rev-parse', 'main'])).toBe(commit);
  } finally {
    await world.dispose();
  }
});
