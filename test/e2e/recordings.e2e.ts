// The player on a real Musher: opened from an agent, and everything in it by keyboard.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { endAgents, makeServeWorld, type ServeWorld, untilAgent } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import { expectOnScreen, goTo, openMusher, screenText } from './musher-page.ts';

let world: ServeWorld;
let serving: Serving;

test.beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
});
test.afterEach(async () => {
  await endAgents(world, serving);
  await rm(recordings(), { recursive: true, force: true });
});
test.afterAll(() => world.dispose());

const recordings = () => path.join(path.dirname(world.logFile), 'recordings');

const recording = (page: Page, agent: string) =>
  page.getByRole('region', { name: `Recording of ${agent}` });
const position = (page: Page) => page.getByRole('slider', { name: 'Position' });

async function addRecorded(agent: string, program: string): Promise<void> {
  const command = ['sh', '-c', program];
  await serving.operator.command('agent.add', { name: agent, profile: 'script', command });
  await untilAgent(serving, agent, 'stopped');
}

/** A recording as the host writes it, of a terminal that printed a line each second. */
async function addWritten(agent: string, lines: readonly string[]): Promise<void> {
  const folder = recordings();
  await mkdir(folder, { recursive: true });
  const header = {
    version: 2,
    width: 80,
    height: 24,
    timestamp: 1_700_000_000,
    title: `${agent}.1`,
    musher: { atMs: 0, screenBytes: 0 },
  };
  const events = lines.map((line, second) => [second, 'o', `${line}\r\n`]);
  const text = [header, ...events].map((one) => JSON.stringify(one)).join('\n');
  await writeFile(path.join(folder, `${agent}.1.1700000000000.0001.cast`), `${text}\n`);
}

const spoken = ['first line', 'second line', 'the needle shows', ...Array(55).fill('more'), 'last'];

test('a stopped agent’s recording opens from its menu, and plays to its end', async ({ page }) => {
  await addRecorded('painter', 'echo one; sleep 0.2; echo two; exit 3');
  await openMusher(page, serving);
  await goTo(page, '#/agents');
  await page.getByRole('button', { name: 'More for painter' }).click();
  await page.getByRole('menuitem', { name: 'Recording' }).click();
  await expect(page.getByRole('heading', { name: 'painter, session 1' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.keyboard.press('Space');
  await expectOnScreen(recording(page, 'painter'), 'one\ntwo');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await expect(page.getByTitle(/Ended with exit code 3/)).toHaveCount(1);
});

test('by keyboard alone it plays, pauses, goes back and on, is faster, and finds', async ({
  page,
}) => {
  await addWritten('spoken', spoken);
  await openMusher(page, serving);
  await goTo(page, '#/recordings/agent/spoken');
  await expectOnScreen(recording(page, 'spoken'), 'first line');
  await page.keyboard.press('ArrowRight');
  await expect(position(page)).toHaveAttribute('aria-valuenow', '5');
  await expectOnScreen(recording(page, 'spoken'), 'the needle shows\nmore\nmore\nmore');
  await page.keyboard.press('Home');
  await expect(position(page)).toHaveAttribute('aria-valuenow', '0');
  await expect.poll(() => screenText(recording(page, 'spoken'))).toBe('first line');
  await page.keyboard.press('>');
  await page.keyboard.press('>');
  await expect(page.getByLabel('Speed')).toHaveValue('4');
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expectOnScreen(recording(page, 'spoken'), 'the needle shows');
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.keyboard.press('End');
  await expectOnScreen(recording(page, 'spoken'), 'last');
  await page.keyboard.press('/');
  await page.keyboard.type('Needle');
  await page.keyboard.press('Enter');
  await expect(position(page)).toHaveAttribute('aria-valuenow', '2');
  await expect.poll(() => screenText(recording(page, 'spoken'))).toMatch(/needle shows$/);
  await page.getByPlaceholder('Find (/)').fill('nowhere');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Never shown')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('list', { name: 'Recordings' })).toContainText('spoken');
});

test('the bar is dragged to a place, and pauses are cut or kept', async ({ page }) => {
  await addWritten('spoken', spoken);
  await openMusher(page, serving);
  await goTo(page, '#/recordings/agent/spoken');
  await expectOnScreen(recording(page, 'spoken'), 'first line');
  const { x = 0, y = 0, width = 0, height = 0 } = (await position(page).boundingBox()) ?? {};
  await page.mouse.move(x + 5, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y + height / 2, { steps: 3 });
  await page.mouse.up();
  await expect(position(page)).toHaveAttribute('aria-valuenow', /^(28|29|30)$/);
  const cut = page.getByLabel('Cut pauses to 2 s');
  await expect(cut).toBeChecked();
  await page.keyboard.press('c');
  await expect(cut).not.toBeChecked();
  await cut.press('Space');
  await expect(cut).toBeChecked();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
});

test('links and escape sequences of a recording do nothing to the page', async ({ page }) => {
  const hostile =
    '\x1b]8;;https://example.com\x07click\x1b]8;;\x07\x1b]2;owned\x07\x1b]52;c;b3duZWQ=\x07\x1b[c';
  await addWritten('hostile', [hostile, 'after']);
  await openMusher(page, serving);
  await goTo(page, '#/recordings/agent/hostile');
  await expectOnScreen(recording(page, 'hostile'), 'click');
  await page.keyboard.press('End');
  await expectOnScreen(recording(page, 'hostile'), 'click\nafter');
  expect(await page.title()).not.toContain('owned');
  await recording(page, 'hostile')
    .getByText('click')
    .click({ modifiers: ['ControlOrMeta'], force: true });
  expect(page.context().pages()).toHaveLength(1);
});

test('that nothing is recorded, and that of an agent nothing is, says what to do', async ({
  page,
}) => {
  await openMusher(page, serving);
  await goTo(page, '#/recordings');
  await expect(page.getByText('Nothing recorded yet')).toBeVisible();
  await goTo(page, '#/recordings/agent/nobody');
  await expect(page.getByText('There is no recording of "nobody"')).toBeVisible();
  await page.getByRole('button', { name: 'All recordings' }).click();
  await expect(page.getByText('Nothing recorded yet')).toBeVisible();
});

test('a recording of eight files opens at once, and its end is as near as its beginning', async ({
  page,
}) => {
  await writeLarge();
  const asked: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      if (String(payload).includes('recording.page')) asked.push(String(payload));
    }),
  );
  await openMusher(page, serving);
  await goTo(page, '#/recordings/agent/large');
  await expectOnScreen(recording(page, 'large'), 'part 1');
  // The first page, and the one after it.
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.length).toBeLessThanOrEqual(2);
  await page.keyboard.press('End');
  await expectOnScreen(recording(page, 'large'), 'the very end');
  // Those of the last part, of the 256 that there are.
  expect(asked.length).toBeLessThanOrEqual(40);
});

/** 64 MiB, in parts that follow one another. */
async function writeLarge(): Promise<void> {
  const folder = recordings();
  await mkdir(folder, { recursive: true });
  const line = JSON.stringify([1, 'o', 'x'.repeat(8_000)]);
  for (let part = 1; part <= 8; part++) {
    const header = {
      version: 2,
      width: 80,
      height: 24,
      timestamp: 1_700_000_000,
      title: 'large.1',
    };
    const screen = `${JSON.stringify([0, 'o', `\x1b[2J\x1b[Hpart ${part}\r\n`])}\n`;
    const musher = { atMs: (part - 1) * 60_000, screenBytes: part === 1 ? 0 : screen.length };
    const last = part === 8 ? `${JSON.stringify([59, 'o', '\r\nthe very end'])}\n` : '';
    const text = `${JSON.stringify({ ...header, musher })}\n${screen}${`${line}\n`.repeat(1045)}${last}`;
    await writeFile(path.join(folder, `large.1.1700000000000.000${part}.cast`), text);
  }
}
