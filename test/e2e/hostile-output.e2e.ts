// Hostile output on a real page: the same screen as the host's, and nothing of it outside of the terminal.

import { expect, type Page, test } from '@playwright/test';
import type { IBufferCell, Terminal } from '@xterm/headless';
import fc from 'fast-check';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { bait, hostileOutput } from '../harness/hostile-output.ts';
import { rounds } from '../harness/rounds.ts';
import { ScreenViewer } from '../harness/terminals.ts';
import { feed, openStream, restore, said, shown } from './stream-page.ts';

const size = { cols: 40, rows: 10 };
const streams = rounds(15, 300);

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('stream');
});
test.afterAll(() => fixture.stop());

/** Notes whatever would reach the operator's clipboard, screen or browser. */
function watchTheOutside(): void {
  const reached: string[] = [];
  Object.assign(window, { reached });
  const note =
    (name: string) =>
    (...args: unknown[]) => {
      reached.push(`${name} ${args.join()}`);
      return null;
    };
  window.open = note('open');
  window.alert = note('alert');
  window.print = note('print');
  document.execCommand = (...args) => note('execCommand')(...args) === undefined;
  Object.assign(navigator.clipboard, {
    writeText: note('writeText'),
    write: note('write'),
    readText: note('readText'),
  });
  Object.assign(window, { Notification: note('Notification') });
}

async function expectNothingOutside(page: Page): Promise<void> {
  expect(await page.evaluate(() => (window as unknown as { reached: string[] }).reached)).toEqual(
    [],
  );
  expect(await page.title()).toBe('Stream');
  expect(page.url()).toBe(fixture.url);
}

/** What a page shows of it: hidden text is blank, and so are the ends of lines. */
function visibleText({ buffer: { active }, rows, cols }: Terminal): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const line = active.getLine(active.baseY + row);
    const cells = Array.from({ length: cols }, (_, column) => line?.getCell(column));
    return cells.map(textOf).join('').trimEnd();
  });
  return lines.join('\n').trimEnd();
}

function textOf(cell: IBufferCell | undefined): string {
  if (cell === undefined || cell.getWidth() === 0) return '';
  return (cell.isInvisible() ? '' : cell.getChars()) || ' ';
}

/** Ends what was begun, and a frame that is not to be painted yet. */
const rest = Buffer.from('\x18\x1b[?2026l');

test('hostile output leads to the host’s screen, and reaches nothing else', async ({ page }) => {
  const requests: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.addInitScript(watchTheOutside);
  await openStream(page, fixture.url);
  const loaded = requests.length;
  // Another seed on each run; a failure says which stream it was.
  const samples = fc.sample(hostileOutput(30), streams);
  for (const happenings of samples) {
    const output = happenings.filter((one) => one instanceof Uint8Array);
    const bytes = Buffer.concat([...output, rest]);
    const viewer = new ScreenViewer(size);
    viewer.onRestore({ data: '', ...size });
    viewer.onData(bytes);
    await viewer.parsed();
    await restore(page, { data: '', ...size });
    await feed(page, bytes);
    await expect
      .poll(() => shown(page), { message: bytes.toString('hex') })
      .toBe(visibleText(viewer.terminal));
    viewer.terminal.dispose();
  }
  // Whether it has the keyboard, only the page knows.
  const answers = (await said(page)).filter((data) => !['\x1b[I', '\x1b[O'].includes(data));
  expect(answers).toEqual([]);
  expect(errors).toEqual([]);
  expect(requests.slice(loaded)).toEqual([]);
  await expectNothingOutside(page);
});

for (const [what, output] of [
  [
    'the clipboard',
    `\x1b]52;c;${Buffer.from(bait).toString('base64')}\x07\x1b]1337;Copy=:QUFB\x07`,
  ],
  ['the title', `\x1b]0;${bait}\x07\x1b]2;${bait}\x1b\\\x1b]1;${bait}\x07`],
  ['a notification', `\x1b]9;${bait}\x07\x1b]777;notify;a;${bait}\x07\x1b]99;;${bait}\x1b\\`],
  ['a page', `\x1b]1337;OpenURL=:aHR0cDovL2E=\x07\x1b]8;;javascript:alert(1)\x07x\x1b]8;;\x07`],
] as const) {
  test(`output does not reach ${what}`, async ({ page }) => {
    await page.addInitScript(watchTheOutside);
    await openStream(page, fixture.url);
    await feed(page, `${output}after`);
    await expect.poll(() => shown(page)).toContain('after');
    await page.locator('.xterm-screen').click({ position: { x: 4, y: 8 }, modifiers: ['Control'] });
    await expectNothingOutside(page);
    expect(await said(page)).toEqual([]);
  });
}
